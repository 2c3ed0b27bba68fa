package dev.vertxmicro.interop.conformance;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.TextFormat;
import java.util.ArrayList;
import java.util.List;

/** All that a linked file says of its types, a line each, however it was made. */
final class Described {
    private final List<String> lines = new ArrayList<>();

    private Described() {}

    static List<String> of(FileDescriptor file) {
        Described text = new Described();
        text.lines.add(file.getName() + " " + file.getPackage() + " "
                + file.getPublicDependencies().stream()
                        .map(FileDescriptor::getName)
                        .toList());
        file.getMessageTypes().forEach(text::message);
        file.getEnumTypes().forEach(text::enumeration);
        file.getExtensions().forEach(text::field);
        file.getServices().forEach(text::service);
        return text.lines;
    }

    private void message(Descriptor type) {
        lines.add("message " + type.getFullName() + " " + type.getOptions().getMapEntry() + " "
                + type.toProto().getReservedRangeList().toString().replaceAll("\\s+", " ")
                + type.toProto().getReservedNameList()
                + type.toProto().getExtensionRangeList().stream()
                        .map(range -> range.getStart() + "-" + range.getEnd())
                        .toList());
        type.getFields().forEach(this::field);
        type.getOneofs().stream().map(OneofDescriptor::getFullName).forEach(lines::add);
        type.getNestedTypes().forEach(this::message);
        type.getEnumTypes().forEach(this::enumeration);
        type.getExtensions().forEach(this::field);
    }

    private void field(FieldDescriptor field) {
        boolean message = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
        String type = message
                ? field.getMessageType().getFullName()
                : field.getJavaType() == FieldDescriptor.JavaType.ENUM
                        ? field.getEnumType().getFullName()
                        : "";
        OneofDescriptor oneof = field.getContainingOneof();
        lines.add("field " + field.getFullName() + " " + field.getNumber() + " " + field.getType() + " " + type + " "
                + field.getJsonName() + " in " + field.getContainingType().getFullName() + " " + field.isRepeated()
                + field.isRequired() + field.hasPresence() + field.isPacked() + field.isMapField() + field.isExtension()
                + field.needsUtf8Check() + field.getOptions().getDeprecated() + " "
                + (oneof == null ? "" : oneof.getName()) + " "
                + (message || field.isRepeated() ? "" : text(field.getDefaultValue())));
    }

    private static String text(Object value) {
        return value instanceof ByteString bytes ? TextFormat.escapeBytes(bytes) : value.toString();
    }

    private void enumeration(EnumDescriptor type) {
        lines.add("enum " + type.getFullName() + " " + type.isClosed() + " "
                + type.getValues().stream()
                        .map(value -> value.getName() + "=" + value.getNumber()
                                + value.getOptions().getDeprecated())
                        .toList()
                + type.toProto().getReservedRangeList().toString().replaceAll("\\s+", " ")
                + type.toProto().getReservedNameList());
    }

    private void service(ServiceDescriptor type) {
        type.getMethods()
                .forEach(rpc -> lines.add("rpc " + rpc.getFullName() + " "
                        + rpc.getInputType().getFullName() + " "
                        + rpc.getOutputType().getFullName() + " "
                        + rpc.isClientStreaming() + rpc.isServerStreaming() + " "
                        + rpc.getOptions().getIdempotencyLevel()
                        + rpc.getOptions().getDeprecated()
                        + type.getOptions().getDeprecated()));
    }
}
