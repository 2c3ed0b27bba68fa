package dev.vertxmicro.codec.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.MessageOrBuilder;
import dev.vertxmicro.codec.JsonOptions;
import java.io.IOException;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes protobuf messages as JSON that both readers of a Go peer take: jsonpb, which reads bodies of {@code
 * application/json}, and {@code encoding/json}, which reads those of json-rpc and of plain structs.
 *
 * <p>Unless the options say otherwise, names are proto names, 64-bit integers and enums are numbers, as a Go peer writes them; a
 * browser's JSON mapping would have strings there, which {@code encoding/json} refuses.
 */
final class ProtoJsonWriter {
    private final JsonGenerator json;
    private final boolean camelCase;
    private final boolean text;
    private final boolean structs;
    private final AnyTypes types;
    private final MessageOrBuilder root;
    private @Nullable WellKnownWriter wellKnown;

    /**
     * @param json    where to
     * @param options names and numbers
     * @param types   finds what an {@code Any} holds
     * @param structs true for a peer that reads by {@code encoding/json}, which knows no shape but that of structs
     * @param root    the whole message
     */
    ProtoJsonWriter(JsonGenerator json, JsonOptions options, AnyTypes types, boolean structs, MessageOrBuilder root) {
        this.json = json;
        this.camelCase = options.camelCase();
        this.text = options.text();
        this.structs = structs;
        this.types = types;
        this.root = root;
    }

    void write(MessageOrBuilder message) throws IOException {
        WellKnownType shape = structs ? null : WellKnownType.of(message.getDescriptorForType());
        if (shape != null) {
            if (wellKnown == null) {
                wellKnown = new WellKnownWriter(json, this, types, root);
            }
            wellKnown.write(shape, message);
            return;
        }
        json.writeStartObject();
        fields(message);
        json.writeEndObject();
    }

    /** Writes the fields of a message, without the braces around. */
    void fields(MessageOrBuilder message) throws IOException {
        for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
            FieldDescriptor field = entry.getKey();
            if (!field.isExtension()) {
                json.writeFieldName(camelCase ? field.getJsonName() : field.getName());
                field(field, entry.getValue());
            }
        }
    }

    private void field(FieldDescriptor field, Object value) throws IOException {
        if (field.isMapField()) {
            map((List<?>) value);
        } else if (field.isRepeated()) {
            list(field, (List<?>) value);
        } else {
            value(field, value);
        }
    }

    void list(FieldDescriptor field, List<?> elements) throws IOException {
        json.writeStartArray();
        for (Object element : elements) {
            value(field, element);
        }
        json.writeEndArray();
    }

    void map(List<?> entries) throws IOException {
        json.writeStartObject();
        boolean dynamic = !entries.isEmpty() && entries.get(0) instanceof DynamicMessage;
        for (Object element : dynamic ? lastOfEachKey(entries) : entries) {
            MessageOrBuilder entry = (MessageOrBuilder) element;
            FieldDescriptor key = entry.getDescriptorForType().findFieldByNumber(1);
            FieldDescriptor value = entry.getDescriptorForType().findFieldByNumber(2);
            json.writeFieldName(key(key, entry.getField(key)));
            value(value, entry.getField(value));
        }
        json.writeEndObject();
    }

    /** A generated message has one entry a key; a dynamic one has all that were on the wire, where the last counts. */
    private static Collection<?> lastOfEachKey(List<?> entries) {
        Map<Object, Object> byKey = new LinkedHashMap<>();
        for (Object element : entries) {
            MessageOrBuilder entry = (MessageOrBuilder) element;
            byKey.put(entry.getField(entry.getDescriptorForType().findFieldByNumber(1)), element);
        }
        return byKey.values();
    }

    private static String key(FieldDescriptor field, Object value) {
        return switch (field.getType()) {
            case UINT32, FIXED32 -> Integer.toUnsignedString((Integer) value);
            case UINT64, FIXED64 -> Long.toUnsignedString((Long) value);
            default -> value.toString();
        };
    }

    void value(FieldDescriptor field, Object value) throws IOException {
        switch (field.getType()) {
            case INT32, SINT32, SFIXED32 -> json.writeNumber((Integer) value);
            case UINT32, FIXED32 -> json.writeNumber(Integer.toUnsignedLong((Integer) value));
            case INT64, SINT64, SFIXED64 -> {
                if (text) {
                    json.writeString(value.toString());
                } else {
                    json.writeNumber((Long) value);
                }
            }
            case UINT64, FIXED64 -> {
                String digits = Long.toUnsignedString((Long) value);
                if (text) {
                    json.writeString(digits);
                } else {
                    json.writeNumber(digits);
                }
            }
            case FLOAT -> number(((Float) value), value.toString());
            case DOUBLE -> number((Double) value, value.toString());
            case BOOL -> json.writeBoolean((Boolean) value);
            case STRING -> json.writeString((String) value);
            case BYTES -> json.writeString(Base64.getEncoder().encodeToString(((ByteString) value).toByteArray()));
            case ENUM -> constant(field, (EnumValueDescriptor) value);
            case MESSAGE, GROUP -> write((MessageOrBuilder) value);
        }
    }

    /** An enum's number that has no name is written as the number. */
    private void constant(FieldDescriptor field, EnumValueDescriptor value) throws IOException {
        if (!text || value.getIndex() < 0) {
            json.writeNumber(value.getNumber());
        } else if (ProtoJsonScalar.isNull(field)) {
            json.writeNull();
        } else {
            json.writeString(value.getName());
        }
    }

    private void number(double value, String digits) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumber(digits);
        } else {
            json.writeString(digits);
        }
    }
}
