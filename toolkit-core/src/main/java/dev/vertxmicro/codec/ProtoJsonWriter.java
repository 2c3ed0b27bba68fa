package dev.vertxmicro.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MessageOrBuilder;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Writes protobuf messages as JSON that both readers of a Go peer take: jsonpb, which reads bodies of {@code
 * application/json}, and {@code encoding/json}, which reads those of json-rpc and of plain structs.
 *
 * <p>Names are proto names, 64-bit integers and enums are numbers, as a Go peer writes them; a browser's JSON mapping would
 * have strings there, which {@code encoding/json} refuses.
 */
final class ProtoJsonWriter {
    private final JsonGenerator json;
    private final boolean structs;

    /**
     * Makes a writer.
     *
     * @param json    where to
     * @param structs true for a peer that reads by {@code encoding/json}, which knows no shape but that of structs
     */
    ProtoJsonWriter(JsonGenerator json, boolean structs) {
        this.json = json;
        this.structs = structs;
    }

    void write(MessageOrBuilder message) throws IOException {
        if (!structs && WellKnownTypes.shaped(message.getDescriptorForType())) {
            json.writeRawValue(WellKnownTypes.print(message));
            return;
        }
        json.writeStartObject();
        for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
            FieldDescriptor field = entry.getKey();
            if (!field.isExtension()) {
                json.writeFieldName(field.getName());
                field(field, entry.getValue());
            }
        }
        json.writeEndObject();
    }

    private void field(FieldDescriptor field, Object value) throws IOException {
        if (field.isMapField()) {
            map((List<?>) value);
        } else if (field.isRepeated()) {
            json.writeStartArray();
            for (Object element : (List<?>) value) {
                value(field, element);
            }
            json.writeEndArray();
        } else {
            value(field, value);
        }
    }

    private void map(List<?> entries) throws IOException {
        json.writeStartObject();
        for (Object element : entries) {
            MessageOrBuilder entry = (MessageOrBuilder) element;
            FieldDescriptor key = entry.getDescriptorForType().findFieldByNumber(1);
            FieldDescriptor value = entry.getDescriptorForType().findFieldByNumber(2);
            json.writeFieldName(key(key, entry.getField(key)));
            value(value, entry.getField(value));
        }
        json.writeEndObject();
    }

    private static String key(FieldDescriptor field, Object value) {
        return switch (field.getType()) {
            case UINT32, FIXED32 -> Integer.toUnsignedString((Integer) value);
            case UINT64, FIXED64 -> Long.toUnsignedString((Long) value);
            default -> value.toString();
        };
    }

    private void value(FieldDescriptor field, Object value) throws IOException {
        switch (field.getType()) {
            case INT32, SINT32, SFIXED32 -> json.writeNumber((Integer) value);
            case UINT32, FIXED32 -> json.writeNumber(Integer.toUnsignedLong((Integer) value));
            case INT64, SINT64, SFIXED64 -> json.writeNumber((Long) value);
            case UINT64, FIXED64 -> json.writeNumber(Long.toUnsignedString((Long) value));
            case FLOAT -> number(((Float) value), value.toString());
            case DOUBLE -> number((Double) value, value.toString());
            case BOOL -> json.writeBoolean((Boolean) value);
            case STRING -> json.writeString((String) value);
            case BYTES -> json.writeString(Base64.getEncoder().encodeToString(((ByteString) value).toByteArray()));
            case ENUM -> json.writeNumber(((EnumValueDescriptor) value).getNumber());
            case MESSAGE, GROUP -> write((MessageOrBuilder) value);
        }
    }

    private void number(double value, String text) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumber(text);
        } else {
            json.writeString(text);
        }
    }
}
