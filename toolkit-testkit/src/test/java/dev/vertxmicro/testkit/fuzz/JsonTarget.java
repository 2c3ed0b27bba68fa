package dev.vertxmicro.testkit.fuzz;

import com.google.protobuf.Any;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.codec.CodecException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** JSON as protobuf messages, as Vert.x's own types and as plain objects. */
public final class JsonTarget implements FuzzTarget {
    private static final List<Class<?>> TYPES = List.of(
            FileDescriptorProto.class,
            Struct.class,
            Timestamp.class,
            Duration.class,
            FieldMask.class,
            Any.class,
            ListValue.class,
            JsonObject.class,
            JsonArray.class,
            Map.class);

    @Override
    public void decode(byte[] input) {
        for (Class<?> type : TYPES) {
            try {
                Codec.json().decode(Buffer.buffer(input), type);
            } catch (CodecException declared) {
                // no such message
            }
        }
    }

    @Override
    public List<byte[]> seeds() {
        return Inputs.json(
                "{\"name\":\"a\",\"dependency\":[\"b\"],\"options\":{\"java_package\":\"c\",\"optimize_for\":\"SPEED\"},\"syntax\":null}",
                "{\"messageType\":[{\"name\":\"M\",\"field\":[{\"number\":1,\"label\":1,\"type\":\"TYPE_INT32\"}]}]}",
                "\"1.5s\"",
                "\"2020-01-01T00:00:00.123Z\"",
                "\"a.b,c\"",
                "{\"@type\":\"type.googleapis.com/google.protobuf.Duration\",\"value\":\"1.5s\"}",
                "{\"value\":{\"a\":[null,\"\\ud83d\\ude00\"]},\"@type\":\"type.googleapis.com/google.protobuf.Struct\"}",
                "[1,{\"a\":[]},null]",
                "{\"seconds\":\"9223372036854775807\",\"nanos\":1e9}");
    }
}
