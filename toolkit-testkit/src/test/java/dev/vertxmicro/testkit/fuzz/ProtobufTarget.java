package dev.vertxmicro.testkit.fuzz;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.codec.CodecException;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Protobuf messages, one of them recursive. */
public final class ProtobufTarget implements FuzzTarget {

    @Override
    public void decode(byte[] input) {
        for (Class<?> type : List.of(Struct.class, FileDescriptorProto.class)) {
            try {
                Codec.protobuf().decode(Buffer.buffer(input), type);
            } catch (CodecException declared) {
                // no such message
            }
        }
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        seeds.add(new byte[0]);
        seeds.add(FileDescriptorProto.newBuilder().setName("a.proto").build().toByteArray());
        seeds.add(Struct.newBuilder()
                .putFields("a", Value.newBuilder().setNumberValue(1).build())
                .build()
                .toByteArray());
        // A length of 2 GiB, and groups in groups.
        seeds.add(new byte[] {0x0a, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07});
        byte[] groups = new byte[100_000];
        Arrays.fill(groups, (byte) 0x0b);
        seeds.add(groups);
        return seeds;
    }
}
