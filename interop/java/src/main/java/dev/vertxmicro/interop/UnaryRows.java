package dev.vertxmicro.interop;

import com.google.protobuf.ByteString;
import dev.vertxmicro.interop.peer.Entries;
import dev.vertxmicro.interop.peer.Payload;
import dev.vertxmicro.message.CallContext;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Calls that are answered. */
final class UnaryRows {
    private static final int CALLS = 3_200;

    private UnaryRows() {}

    static Future<?> unary(PeerCaller caller) {
        return caller.echo(Payload.newBuilder()
                .setText("Grüße, 服务 <&> \"\\\n")
                .setData(ByteString.copyFrom(new byte[] {0, 1, -2, -1}))
                .build());
    }

    static Future<?> empty(PeerCaller caller) {
        return caller.echo(Payload.getDefaultInstance());
    }

    static Future<?> large(PeerCaller caller) {
        byte[] data = new byte[3 << 20];
        new SplittableRandom(3).nextBytes(data);
        return caller.echo(
                Payload.newBuilder().setData(ByteString.copyFrom(data)).build());
    }

    static Future<?> concurrent(PeerCaller caller) {
        List<Future<?>> calls = new ArrayList<>(CALLS);
        for (int i = 0; i < CALLS; i++) {
            calls.add(caller.echo(Payload.newBuilder().setText("call " + i).build()));
        }
        return Future.join(calls).recover(first -> {
            long failed = calls.stream().filter(Future::failed).count();
            return Future.failedFuture(failed + " of " + CALLS + " failed, the first with " + first.getMessage());
        });
    }

    static Future<?> metadata(PeerCaller caller) {
        Map<String, String> sent = Map.of("X-Peer-One", "1", "peer-two", "two, 2", "X-Peer-Utf8", "Grüße 服务");
        CallContext context = CallContext.create();
        for (Map.Entry<String, String> entry : sent.entrySet()) {
            context = context.withMetadata(entry.getKey(), entry.getValue());
        }
        return caller.peer()
                .headers(context, Payload.getDefaultInstance())
                .map(seen -> {
                    sent.forEach((name, value) -> arrived(seen, name, value));
                    return arrived(seen, "Micro-From-Service", PeerProgram.NAME);
                })
                .compose(first -> caller.peer().headers(Payload.getDefaultInstance()))
                .map(second -> arrived(second, "X-Peer-One", ""));
    }

    private static String arrived(Entries seen, String name, String value) {
        String found = seen.getValuesMap().entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
        return Row.expect(
                found, found.equals(value), name + " arrived as \"" + found + "\" (expected: \"" + value + "\")");
    }
}
