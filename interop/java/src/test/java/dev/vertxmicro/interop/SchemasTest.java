package dev.vertxmicro.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.vertxmicro.interop.peer.PeerOuterClass;
import dev.vertxmicro.testkit.program.GoProcess;
import dev.vertxmicro.testkit.program.NetworkNamespace;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import examples.greeter.Helloworld;
import examples.student.StudentOuterClass;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** The committed Go code was generated from the .proto files that ours is generated from. */
@Requires({Requirement.GO, Requirement.NETWORK})
class SchemasTest {

    private static FileDescriptorProto plain(FileDescriptorProto file) {
        FileDescriptorProto.Builder plain = file.toBuilder();
        plain.getMessageTypeBuilderList().forEach(SchemasTest::strip);
        return plain.build();
    }

    /** Names in JSON are given to plugins, and left out elsewhere. */
    private static void strip(DescriptorProto.Builder message) {
        message.getFieldBuilderList().forEach(field -> field.clearJsonName());
        message.getNestedTypeBuilderList().forEach(SchemasTest::strip);
    }

    @Test
    void goAndJavaComeFromTheSameFiles() throws InvalidProtocolBufferException {
        try (NetworkNamespace network = NetworkNamespace.create();
                GoProcess go = Programs.GO.start(network, "schemas")) {
            for (FileDescriptor ours : new FileDescriptor[] {
                Helloworld.getDescriptor(), StudentOuterClass.getDescriptor(), PeerOuterClass.getDescriptor()
            }) {
                JsonObject line = new JsonObject(go.await("\"file\":\"" + ours.getName() + "\""));
                byte[] theirs = Base64.getDecoder().decode(line.getString("descriptor"));
                assertThat(plain(FileDescriptorProto.parseFrom(theirs))).isEqualTo(plain(ours.toProto()));
            }
        }
    }
}
