package dev.vertxmicro.bench.unary.subject;

import dev.vertxmicro.bench.proto.HelloRequest;
import dev.vertxmicro.bench.proto.HelloResponse;
import io.vertx.core.buffer.Buffer;
import java.util.stream.IntStream;

/** The messages of the benchmark: 32 bytes each way, and no two neighbours alike, so that a mixed-up answer is seen. */
final class Greetings {
    private static final int COUNT = 1024;
    private static final String[] NAMES = IntStream.range(0, COUNT)
            .mapToObj(i -> String.format("caller %023d", i))
            .toArray(String[]::new);
    private static final HelloRequest[] REQUESTS = IntStream.range(0, COUNT)
            .mapToObj(i -> HelloRequest.newBuilder().setName(NAMES[i]).build())
            .toArray(HelloRequest[]::new);
    private static final Buffer[] BYTES = IntStream.range(0, COUNT)
            .mapToObj(i -> Buffer.buffer(REQUESTS[i].toByteArray()))
            .toArray(Buffer[]::new);

    private Greetings() {}

    static HelloRequest request(int number) {
        return REQUESTS[number & (COUNT - 1)];
    }

    /** The request's bytes. */
    static Buffer bytes(int number) {
        return BYTES[number & (COUNT - 1)];
    }

    static HelloResponse answer(HelloRequest request) {
        return HelloResponse.newBuilder().setGreeting(request.getName()).build();
    }

    static boolean isAnswer(int number, HelloResponse response) {
        return response.getGreeting().equals(NAMES[number & (COUNT - 1)]);
    }
}
