package dev.vertxmicro.bench.micro;

import dev.vertxmicro.engine.EventPayload;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import io.vertx.core.buffer.Buffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What go-micro's envelope of an event costs to write and to read: {@code bin/bench micro EnvelopeBench -prof gc}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EnvelopeBench {
    /** Length of the body. */
    @Param({"100", "4096", "1048576"})
    private int size;

    private Message message = new Message(Metadata.EMPTY, Buffer.buffer());
    private Buffer payload = Buffer.buffer();

    @Setup
    public void make() {
        byte[] body = new byte[size];
        new Random(1).nextBytes(body);
        Metadata headers = Metadata.of("Content-Type", "application/protobuf")
                .with("Micro-Topic", "examples.students")
                .with("Micro-Id", "aad8f7f2-4f4c-4d5a-9d7e-1f0a5a4a3c11")
                .with("Traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        message = new Message(headers, Buffer.buffer(body));
        payload = Buffer.buffer(EventPayload.write(message).getBytes());
    }

    @Benchmark
    public Buffer write() {
        return EventPayload.write(message);
    }

    @Benchmark
    public Message read() {
        return EventPayload.read(payload);
    }
}
