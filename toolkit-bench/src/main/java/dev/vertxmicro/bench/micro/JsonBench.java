package dev.vertxmicro.bench.micro;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.TypeProto;
import com.google.protobuf.Value;
import dev.vertxmicro.bench.proto.HelloRequest;
import dev.vertxmicro.codec.Codec;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Objects;
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

/** What JSON of protobuf messages costs to write and to read: {@code bin/bench micro JsonBench}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class JsonBench {
    private static final Map<String, Message> MESSAGES = Map.of(
            "hello",
                    HelloRequest.newBuilder()
                            .setName("caller 00000000000000000")
                            .build(),
            "file", TypeProto.getDescriptor().toProto(),
            "time",
                    Timestamp.newBuilder()
                            .setSeconds(1_700_000_000)
                            .setNanos(5_000_000)
                            .build(),
            "struct",
                    Struct.newBuilder()
                            .putFields(
                                    "name",
                                    Value.newBuilder().setStringValue("x").build())
                            .putFields(
                                    "count",
                                    Value.newBuilder().setNumberValue(3).build())
                            .build());

    /** One short text; some 30 messages of texts and numbers ({@link FileDescriptorProto}); types of a shape of their own. */
    @Param({"hello", "file", "time", "struct"})
    private String message = "";

    private final Codec codec = Codec.json();
    private Message value = Struct.getDefaultInstance();
    private Buffer body = Buffer.buffer();

    /** Nothing but JMH makes one. */
    public JsonBench() {}

    /** Makes the message. */
    @Setup
    public void make() {
        value = Objects.requireNonNull(MESSAGES.get(message));
        body = codec.encode(value);
    }

    /**
     * Writes.
     *
     * @return the JSON
     */
    @Benchmark
    public Buffer encode() {
        return codec.encode(value);
    }

    /**
     * Reads.
     *
     * @return the message
     */
    @Benchmark
    public Message decode() {
        return codec.decode(body, value.getClass());
    }
}
