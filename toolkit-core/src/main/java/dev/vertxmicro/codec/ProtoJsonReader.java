package dev.vertxmicro.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Reads protobuf messages from JSON as any go-micro peer or browser writes it: protobuf's JSON mapping, and what Go's {@code
 * encoding/json} makes of the generated structs, where a one-of is an object under its Go name and a time is an object.
 * Unknown fields are refused, as jsonpb does. What comes twice counts once, the last.
 */
final class ProtoJsonReader {
    private static final int MAX_DEPTH = 100;

    private final JsonParser json;
    private final byte[] source;
    private int depth;

    /**
     * Makes a reader.
     *
     * @param json   a parser of the source
     * @param source UTF-8
     */
    ProtoJsonReader(JsonParser json, byte[] source) {
        this.json = json;
        this.source = source;
    }

    /** Reads the one message of the source. */
    void read(Message.Builder builder) throws IOException {
        json.nextToken();
        message(builder);
        if (json.nextToken() != null) {
            throw new CodecException("json: " + json.currentToken() + " after the message", null);
        }
    }

    /** Reads the value that the parser stands at. */
    private void message(Message.Builder builder) throws IOException {
        Descriptor type = builder.getDescriptorForType();
        if (json.currentToken() != JsonToken.START_OBJECT || WellKnownTypes.shapedAsObject(type)) {
            shaped(type, builder);
            return;
        }
        if (++depth > MAX_DEPTH) {
            throw new CodecException("json: more than " + MAX_DEPTH + " messages deep", null);
        }
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            FieldDescriptor field = ProtoNames.field(type, name);
            if (field == null) {
                oneof(ProtoNames.oneof(type, name), builder);
            } else {
                field(field, builder);
            }
        }
        depth--;
    }

    private void shaped(Descriptor type, Message.Builder builder) throws IOException {
        if (!WellKnownTypes.shaped(type)) {
            throw unexpected("an object: " + type.getFullName());
        }
        int start = (int) json.currentTokenLocation().getByteOffset();
        if (json.currentToken().isStructStart()) {
            json.skipChildren();
        } else {
            json.finishToken();
        }
        int end = (int) json.currentLocation().getByteOffset();
        WellKnownTypes.parse(new String(source, start, end - start, StandardCharsets.UTF_8), builder);
    }

    /** Reads the struct in which Go wraps the member that is set; null where none is. */
    private void oneof(OneofDescriptor oneof, Message.Builder builder) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw unexpected("an object: one-of " + oneof.getFullName());
        }
        while (json.nextToken() != JsonToken.END_OBJECT) {
            FieldDescriptor member = ProtoNames.member(oneof, json.currentName());
            json.nextToken();
            field(member, builder);
        }
    }

    private void field(FieldDescriptor field, Message.Builder builder) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL && !takesNull(field)) {
            return;
        }
        if (field.isMapField()) {
            map(field, builder);
        } else if (field.isRepeated()) {
            list(field, builder);
        } else {
            builder.setField(field, value(field, builder));
        }
    }

    private static boolean takesNull(FieldDescriptor field) {
        return !field.isRepeated()
                && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                && field.getMessageType().getFullName().equals("google.protobuf.Value");
    }

    private void list(FieldDescriptor field, Message.Builder builder) throws IOException {
        expect(JsonToken.START_ARRAY, "an array", field);
        builder.clearField(field);
        while (json.nextToken() != JsonToken.END_ARRAY) {
            builder.addRepeatedField(field, value(field, builder));
        }
    }

    private void map(FieldDescriptor field, Message.Builder builder) throws IOException {
        expect(JsonToken.START_OBJECT, "an object", field);
        builder.clearField(field);
        FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
        FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
        while (json.nextToken() != JsonToken.END_OBJECT) {
            Message.Builder entry = builder.newBuilderForField(field);
            entry.setField(key, ProtoJsonScalar.parse(key, json.currentName()));
            json.nextToken();
            entry.setField(value, value(value, entry));
            builder.addRepeatedField(field, entry.build());
        }
    }

    private Object value(FieldDescriptor field, Message.Builder parent) throws IOException {
        if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
            return ProtoJsonScalar.read(field, json);
        }
        Message.Builder builder = parent.newBuilderForField(field);
        message(builder);
        return builder.build();
    }

    private void expect(JsonToken token, String what, FieldDescriptor field) {
        if (json.currentToken() != token) {
            throw unexpected(what + ": " + field.getFullName());
        }
    }

    private CodecException unexpected(String expected) {
        JsonToken token = json.currentToken();
        String found = token == null ? "unexpected EOF" : token.toString().toLowerCase(Locale.ROOT);
        return new CodecException("json: " + found + " (expected: " + expected + ")", null);
    }
}
