package dev.vertxmicro.transport.http;

import com.google.protobuf.StringValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.codec.Envelope;
import dev.vertxmicro.testkit.fuzz.Inputs;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Requests of all content types with odd headers and bodies, the same ones for the same seed. */
final class FuzzedRequests {
    private static final List<String> CONTENT_TYPES = List.of(
            "application/protobuf",
            "application/json",
            "application/json; charset=utf-16",
            "application/json-rpc",
            "application/proto-rpc",
            "application/x-protobuf",
            "application/octet-stream",
            "text/plain",
            "text/odd",
            "application/grpc",
            "application/foo",
            "",
            ";",
            "a/b;c=\"");
    private static final List<String> CHARSETS = List.of("UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32BE", "ISO-8859-1");
    private static final List<String> NAMES = List.of(
            "Micro-Id",
            "X-Micro-Id",
            "Micro-Method",
            "X-Micro-Method",
            "X-Micro-Endpoint",
            "Micro-Service",
            "Micro-Target",
            "X-Micro-Target",
            "Micro-Protocol",
            "Micro-From-Service",
            "Service",
            "Endpoint",
            "Content-Encoding",
            "Junk",
            "Traceparent",
            "Local",
            "Remote",
            "Accept",
            "Cookie");
    private static final List<String> VALUES = List.of(
            "",
            "1",
            "-1",
            "9223372036854775807",
            "99999999999999999999",
            "Fuzz.Text",
            "Fuzz.Stream",
            "Fuzz.",
            ".",
            "Nope.Nope",
            "\u00ff\u00fe",
            "\u84dd",
            "a, b",
            "{\"id\":1}",
            "null",
            "x".repeat(3000));

    private final SplittableRandom random;
    private final List<byte[]> bodies;

    /** A request as bytes, and whether it takes its connection for a stream. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Request(byte[] bytes, boolean stream) {}

    FuzzedRequests(long seed) {
        random = new SplittableRandom(seed);
        bodies = bodies();
    }

    private static List<byte[]> bodies() {
        StringValue text = StringValue.of("davie");
        Struct struct = Struct.newBuilder()
                .putFields("a", Value.newBuilder().setNumberValue(1.5).build())
                .build();
        List<byte[]> all = new ArrayList<>(Inputs.json("{\"id\":1}", "{\"a\":[1,{\"b\":null}]}", "\"davie\""));
        for (var message : List.of(text, struct)) {
            Buffer protobuf = Codec.protobuf().encode(message);
            Buffer json = Codec.json().encode(message);
            for (String endpoint : FuzzedServer.ENDPOINTS) {
                all.add(Envelope.protoRpc().request("7", endpoint, protobuf).getBytes());
                all.add(Envelope.jsonRpc().request("7", endpoint, json).getBytes());
            }
            all.add(protobuf.getBytes());
            all.add(json.getBytes());
        }
        all.addAll(Inputs.of("n", "t", "e", "o", "an", "at", "ae", "ao"));
        return all;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    Request next() {
        boolean stream = random.nextInt(20) == 0;
        byte[] body = mutated(one(bodies));
        StringBuilder head = new StringBuilder("POST / HTTP/1.1\r\nHost: x\r\n");
        header(head, "Mishap", one(FuzzedServer.MISHAPS));
        header(head, "Timeout", one(List.of("1", "1000000", "30000000")));
        header(head, "Content-Type", one(CONTENT_TYPES));
        if (random.nextInt(4) > 0) {
            header(head, "Micro-Endpoint", one(FuzzedServer.ENDPOINTS));
        }
        if (random.nextInt(10) == 0) {
            header(head, "Micro-Topic", one(List.of(FuzzedServer.TOPIC, "nobody", "\u84dd")));
        }
        if (stream) {
            header(head, "Micro-Stream", "s" + random.nextInt(3));
            header(head, "Micro-Deadline", "30000000");
        } else if (random.nextInt(20) == 0) {
            header(head, "Micro-Error", one(VALUES));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            header(head, one(NAMES), one(VALUES));
        }
        header(head, "Content-Length", Integer.toString(body.length));
        byte[] text = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
        return new Request(Inputs.join(text, body), stream);
    }

    private static void header(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }

    private byte[] mutated(byte[] body) {
        byte[] changed = body;
        int kind = random.nextInt(6);
        if (kind == 0) {
            changed = new String(body, StandardCharsets.UTF_8).getBytes(Charset.forName(one(CHARSETS)));
        } else if (kind == 1 && body.length > 0) {
            changed = java.util.Arrays.copyOf(body, random.nextInt(body.length));
        } else if (kind == 2 && body.length > 0) {
            changed = body.clone();
            for (int i = random.nextInt(1, 5); i > 0; i--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
        } else if (kind == 3) {
            changed = Inputs.join(body, one(bodies));
        }
        return changed;
    }
}
