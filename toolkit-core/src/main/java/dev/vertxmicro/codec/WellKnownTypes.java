package dev.vertxmicro.codec;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import java.util.Set;

/**
 * The {@code google.protobuf} types that have a shape of their own in protobuf's JSON mapping, such as a time in text. jsonpb
 * on a Go peer wants those shapes; {@code encoding/json} there knows structs only, and that is also what any Go peer writes.
 */
final class WellKnownTypes {
    private static final JsonFormat.Printer PRINTER =
            JsonFormat.printer().preservingProtoFieldNames().omittingInsignificantWhitespace();
    private static final JsonFormat.Parser PARSER = JsonFormat.parser();

    /** Those whose shape can be an object, so that an object is not the struct. */
    private static final Set<String> OBJECTS =
            Set.of("google.protobuf.Struct", "google.protobuf.Value", "google.protobuf.Any");

    private static final Set<String> OTHERS = Set.of(
            "google.protobuf.DoubleValue",
            "google.protobuf.FloatValue",
            "google.protobuf.Int64Value",
            "google.protobuf.UInt64Value",
            "google.protobuf.Int32Value",
            "google.protobuf.UInt32Value",
            "google.protobuf.BoolValue",
            "google.protobuf.StringValue",
            "google.protobuf.BytesValue",
            "google.protobuf.ListValue",
            "google.protobuf.Timestamp",
            "google.protobuf.Duration",
            "google.protobuf.FieldMask");

    private WellKnownTypes() {}

    static boolean shaped(Descriptor type) {
        return OTHERS.contains(type.getFullName()) || OBJECTS.contains(type.getFullName());
    }

    /** Tells whether an object in the place of such a type can be its shape, not the struct of its fields. */
    static boolean shapedAsObject(Descriptor type) {
        return OBJECTS.contains(type.getFullName());
    }

    static String print(MessageOrBuilder message) throws InvalidProtocolBufferException {
        return PRINTER.print(message);
    }

    static void parse(String json, Message.Builder into) throws InvalidProtocolBufferException {
        PARSER.merge(json, into);
    }
}
