package dev.vertxmicro.debug;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.codec.JsonOptions;
import dev.vertxmicro.codec.ProtobufJson;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/**
 * The messages of go-micro's {@code debug/service/proto/debug.proto}, of version 1.18, with the fields and messages that later versions
 * have added. Written out rather than generated: they are four, and read on both sides by nobody else.
 */
public final class DebugSchema {
    private static final byte OBJECT = '{';

    private DebugSchema() {}

    /** Loaded when the first of them is read or written. */
    private static final class Loaded {
        static final FileDescriptor FILE = file();
        static final ProtobufJson JSON = ProtobufJson.of(JsonOptions.DEFAULTS);
    }

    private static FileDescriptor file() {
        FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder()
                .setName("debug.proto")
                .setSyntax("proto3")
                .addMessageType(message("HealthRequest", text("service", 1)))
                .addMessageType(message("HealthResponse", text("status", 1)))
                .addMessageType(message("StatsRequest", text("service", 1)))
                .addMessageType(message(
                        "StatsResponse",
                        number("timestamp", 1),
                        number("started", 2),
                        number("uptime", 3),
                        number("memory", 4),
                        number("threads", 5),
                        number("gc", 6),
                        number("requests", 7),
                        number("errors", 8)))
                .addMessageType(message(
                        "LogRequest",
                        text("service", 1),
                        field("stream", 2, FieldDescriptorProto.Type.TYPE_BOOL),
                        field("count", 3, FieldDescriptorProto.Type.TYPE_INT64),
                        field("since", 4, FieldDescriptorProto.Type.TYPE_INT64)))
                .addMessageType(withMap(
                        "Record", 3, field("timestamp", 1, FieldDescriptorProto.Type.TYPE_INT64), text("value", 2)))
                .addMessageType(message("TraceRequest", text("id", 1)))
                .addMessageType(withMap(
                        "Span",
                        7,
                        text("trace", 1),
                        text("id", 2),
                        text("parent", 3),
                        text("name", 4),
                        number("started", 5),
                        number("duration", 6),
                        field("type", 8, FieldDescriptorProto.Type.TYPE_INT32)))
                .addMessageType(message(
                        "TraceResponse",
                        field("spans", 1, FieldDescriptorProto.Type.TYPE_MESSAGE)
                                .setLabel(Label.LABEL_REPEATED)
                                .setTypeName(".Span")));
        try {
            return FileDescriptor.buildFrom(file.build(), new FileDescriptor[0]);
        } catch (DescriptorValidationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static DescriptorProto.Builder message(String name, FieldDescriptorProto.Builder... fields) {
        DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(name);
        for (FieldDescriptorProto.Builder field : fields) {
            message.addField(field);
        }
        return message;
    }

    /** A message with {@code map<string, string> metadata}. */
    private static DescriptorProto.Builder withMap(String name, int number, FieldDescriptorProto.Builder... fields) {
        return message(name, fields)
                .addField(field("metadata", number, FieldDescriptorProto.Type.TYPE_MESSAGE)
                        .setLabel(Label.LABEL_REPEATED)
                        .setTypeName("." + name + ".MetadataEntry"))
                .addNestedType(message("MetadataEntry", text("key", 1), text("value", 2))
                        .setOptions(MessageOptions.newBuilder().setMapEntry(true)));
    }

    private static FieldDescriptorProto.Builder text(String name, int number) {
        return field(name, number, FieldDescriptorProto.Type.TYPE_STRING);
    }

    private static FieldDescriptorProto.Builder number(String name, int number) {
        return field(name, number, FieldDescriptorProto.Type.TYPE_UINT64);
    }

    private static FieldDescriptorProto.Builder field(String name, int number, FieldDescriptorProto.Type type) {
        return FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setType(type)
                .setLabel(Label.LABEL_OPTIONAL);
    }

    private static Descriptor descriptor(String message) {
        return Loaded.FILE.findMessageTypeByName(message);
    }

    /**
     * Makes a message.
     *
     * @param message its name, such as {@code StatsResponse}
     * @param values  of its fields, by name
     * @return the message
     */
    public static DynamicMessage write(String message, Map<String, Object> values) {
        Descriptor type = descriptor(message);
        DynamicMessage.Builder builder = DynamicMessage.newBuilder(type);
        values.forEach((name, value) -> builder.setField(type.findFieldByName(name), value));
        return builder.build();
    }

    /** Makes a message with a map of texts. */
    static DynamicMessage write(String message, Map<String, Object> values, Map<String, String> metadata) {
        FieldDescriptor field = descriptor(message).findFieldByName("metadata");
        DynamicMessage.Builder builder = write(message, values).toBuilder();
        metadata.forEach((key, value) -> {
            Message.Builder entry = builder.newBuilderForField(field);
            entry.setField(field.getMessageType().findFieldByName("key"), key);
            entry.setField(field.getMessageType().findFieldByName("value"), value);
            builder.addRepeatedField(field, entry.build());
        });
        return builder.build();
    }

    /**
     * Reads a message from protobuf or from JSON: no protobuf message of these begins with a brace.
     *
     * @param message its name
     * @param body    what came
     * @return the message
     * @throws CodecException if it is neither
     */
    public static DynamicMessage read(String message, Buffer body) {
        if (body.length() > 0 && body.getByte(0) == OBJECT) {
            DynamicMessage.Builder builder = DynamicMessage.newBuilder(descriptor(message));
            Loaded.JSON.decode(body, builder);
            return builder.build();
        }
        try {
            return DynamicMessage.parseFrom(descriptor(message), body.getBytes());
        } catch (InvalidProtocolBufferException e) {
            throw new CodecException("protobuf: " + e.getMessage(), e);
        }
    }

    /**
     * Gives a text of a message.
     *
     * @param message where it stands
     * @param field   its name
     * @return the text, perhaps empty
     */
    public static String text(Message message, String field) {
        return String.valueOf(message.getField(message.getDescriptorForType().findFieldByName(field)));
    }

    /**
     * Gives a number of a message.
     *
     * @param message where it stands
     * @param field   its name
     * @return the number, perhaps zero
     */
    public static long number(Message message, String field) {
        return ((Number) message.getField(message.getDescriptorForType().findFieldByName(field))).longValue();
    }
}
