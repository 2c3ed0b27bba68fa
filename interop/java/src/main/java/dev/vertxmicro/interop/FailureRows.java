package dev.vertxmicro.interop;

import dev.vertxmicro.client.Request;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.interop.peer.Delay;
import dev.vertxmicro.interop.peer.Failure;
import dev.vertxmicro.interop.peer.Payload;
import dev.vertxmicro.interop.peer.PeerEndpoints;
import dev.vertxmicro.interop.peer.PeerService;
import dev.vertxmicro.message.Endpoint;
import io.vertx.core.Future;
import java.time.Duration;

/** Calls that fail, each with the text that go-micro gives it. */
final class FailureRows {
    private FailureRows() {}

    static Future<?> error(PeerCaller caller) {
        String detail = "50% Grüße <& \"quoted\" \\";
        Failure asked = Failure.newBuilder()
                .setId("peer.fail")
                .setCode(409)
                .setDetail(detail)
                .build();
        return expect(caller.peer().fail(asked), MicroException.of("peer.fail", 409, detail));
    }

    static Future<?> plain(PeerCaller caller) {
        Failure asked = Failure.newBuilder().setDetail("plainly wrong").build();
        return expect(caller.peer().fail(asked), MicroException.of("", 0, "plainly wrong"));
    }

    static Future<?> unknownService(PeerCaller caller) {
        Payload payload = Payload.newBuilder().setText("x").build();
        return expect(call(caller, "Nobody.Echo"), MicroException.of("", 0, "rpc: can't find service Nobody"))
                .compose(right -> expect(
                        PeerService.create("nobody.there", caller.client())
                                .withOptions(caller.options())
                                .echo(payload),
                        MicroException.internal("go.micro.client", "error selecting nobody.there node: not found")));
    }

    static Future<?> unknownEndpoint(PeerCaller caller) {
        return expect(call(caller, "Peer.Nothing"), MicroException.of("", 0, "rpc: can't find method Nothing"));
    }

    private static Future<?> call(PeerCaller caller, String endpoint) {
        Endpoint<Payload, Payload> absent =
                Endpoint.unary(endpoint, PeerEndpoints.ECHO.requestType(), PeerEndpoints.ECHO.responseType());
        Payload payload = Payload.newBuilder().setText("x").build();
        return caller.client().call(new Request<>(caller.service(), absent, payload, caller.options()));
    }

    static Future<?> timeout(PeerCaller caller) {
        long start = System.nanoTime();
        return caller.peer()
                .withOptions(caller.options().withRequestTimeout(Duration.ofMillis(200)))
                .wait(Delay.newBuilder().setMillis(1500).build())
                .transform(result -> {
                    Duration took = Duration.ofNanos(System.nanoTime() - start);
                    boolean late = took.compareTo(Duration.ofSeconds(1)) > 0;
                    return late
                            ? Future.failedFuture("took " + took + " (expected: 200 ms)")
                            : failedWith(408, result.cause());
                })
                .compose(right -> caller.echo(
                        Payload.newBuilder().setText("after a timeout").build()));
    }

    private static Future<?> failedWith(int code, Throwable failure) {
        return failure instanceof MicroException error && error.code() == code
                ? Future.succeededFuture()
                : Future.failedFuture("failure: " + failure + " (expected: code " + code + ")");
    }

    private static Future<?> expect(Future<?> call, MicroException error) {
        return call.transform(result -> {
            if (result.succeeded()) {
                return Future.failedFuture("no error (expected: " + error.text() + ")");
            }
            String text = MicroException.text(result.cause());
            return text.equals(error.text())
                    ? Future.succeededFuture()
                    : Future.failedFuture("error " + text + " (expected: " + error.text() + ")");
        });
    }
}
