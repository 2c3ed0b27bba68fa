package dev.vertxmicro.interop.conformance;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The messages of the conformance suite, by name; their classes would take longer to compile than the suite to run. */
final class Schema {
    private final TypeRegistry types;

    private Schema(TypeRegistry types) {
        this.types = types;
    }

    /** Reads what protoc made of src/test/protobuf; a file comes after those it imports. */
    static Schema read(Path file) throws IOException {
        Map<String, FileDescriptor> files = new HashMap<>();
        TypeRegistry.Builder types = TypeRegistry.newBuilder();
        try {
            for (FileDescriptorProto proto :
                    FileDescriptorSet.parseFrom(Files.readAllBytes(file)).getFileList()) {
                FileDescriptor[] imports =
                        proto.getDependencyList().stream().map(files::get).toArray(FileDescriptor[]::new);
                FileDescriptor linked = FileDescriptor.buildFrom(proto, imports);
                files.put(linked.getName(), linked);
                types.add(linked.getMessageTypes());
            }
        } catch (DescriptorValidationException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
        return new Schema(types.build());
    }

    Descriptor type(String name) {
        Descriptor type = types.find(name);
        if (type == null) {
            throw new IllegalArgumentException(name + ": not in src/test/protobuf");
        }
        return type;
    }

    DynamicMessage parse(String type, byte[] bytes) throws InvalidProtocolBufferException {
        return DynamicMessage.parseFrom(type(type), bytes);
    }

    boolean has(Message message, String field) {
        return message.hasField(message.getDescriptorForType().findFieldByName(field));
    }

    String text(Message message, String field) {
        return (String) value(message, field);
    }

    ByteString bytes(Message message, String field) {
        return (ByteString) value(message, field);
    }

    String constant(Message message, String field) {
        return ((EnumValueDescriptor) value(message, field)).getName();
    }

    private static Object value(Message message, String field) {
        return message.getField(message.getDescriptorForType().findFieldByName(field));
    }
}
