package dev.vertxmicro.codec.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import dev.vertxmicro.codec.CodecException;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads protobuf messages from JSON as any go-micro peer or browser writes it: protobuf's JSON mapping, and what Go's {@code
 * encoding/json} makes of the generated structs, where a one-of is an object under its Go name and a time is an object.
 * Unknown fields are refused, as jsonpb does, and so are two members of a one-of, and one field twice.
 */
final class ProtoJsonReader {
    private static final int MAX_DEPTH = 100;

    private final Message.Builder root;
    private final byte[] source;
    private final AnyTypes types;
    private @Nullable WellKnownReader wellKnown;
    private JsonParser json;
    private int depth;

    /**
     * @param json   a parser of the source
     * @param source UTF-8
     * @param types  finds what an {@code Any} holds
     * @param root   the whole message
     */
    ProtoJsonReader(JsonParser json, byte[] source, AnyTypes types, Message.Builder root) {
        this.json = json;
        this.source = source;
        this.types = types;
        this.root = root;
    }

    /** Reads the one message of the source. */
    void read() throws IOException {
        json.nextToken();
        message(root);
        if (json.nextToken() != null) {
            throw new CodecException("json: " + json.currentToken() + " after the message", null);
        }
    }

    JsonParser json() {
        return json;
    }

    Message.Builder root() {
        return root;
    }

    /** Goes on with another parser, and gives the one before. */
    JsonParser swap(JsonParser other) {
        JsonParser before = json;
        json = other;
        return before;
    }

    void enter() {
        if (++depth > MAX_DEPTH) {
            throw new CodecException("json: more than " + MAX_DEPTH + " messages deep", null);
        }
    }

    void leave() {
        depth--;
    }

    /** Reads the value that the parser stands at. */
    void message(Message.Builder builder) throws IOException {
        Descriptor type = builder.getDescriptorForType();
        WellKnownType shape = WellKnownType.of(type);
        if (shape != null && shape.begins(json.currentToken())) {
            enter();
            if (wellKnown == null) {
                wellKnown = new WellKnownReader(this, source, types);
            }
            wellKnown.read(shape, builder);
            leave();
        } else if (json.currentToken() == JsonToken.START_OBJECT) {
            struct(builder);
        } else {
            throw unexpected("an object: " + type.getFullName());
        }
    }

    /** Reads the fields of the object that the parser stands at. */
    void struct(Message.Builder builder) throws IOException {
        enter();
        SeenFields seen = new SeenFields();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            member(json.currentName(), builder, seen);
        }
        leave();
    }

    /** Reads one field; the parser stands at its name. */
    void member(String name, Message.Builder builder, SeenFields seen) throws IOException {
        Descriptor type = builder.getDescriptorForType();
        json.nextToken();
        FieldDescriptor field = ProtoNames.field(type, name);
        if (field == null) {
            oneof(ProtoNames.oneof(type, name), builder, seen);
        } else {
            field(field, builder, seen);
        }
    }

    /** Reads the struct in which Go wraps the member that is set; null where none is. */
    private void oneof(OneofDescriptor oneof, Message.Builder builder, SeenFields seen) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw unexpected("an object: one-of " + oneof.getFullName());
        }
        while (json.nextToken() != JsonToken.END_OBJECT) {
            FieldDescriptor member = ProtoNames.member(oneof, json.currentName());
            json.nextToken();
            field(member, builder, seen);
        }
    }

    private void field(FieldDescriptor field, Message.Builder builder, SeenFields seen) throws IOException {
        seen.add(field);
        if (json.currentToken() == JsonToken.VALUE_NULL && (field.isRepeated() || !takesNull(field))) {
            return;
        }
        if (field.isMapField()) {
            map(field, builder);
        } else if (field.isRepeated()) {
            list(field, builder);
        } else {
            only(field, builder);
            builder.setField(field, value(field, builder));
        }
    }

    private static void only(FieldDescriptor field, Message.Builder builder) {
        OneofDescriptor oneof = field.getRealContainingOneof();
        if (oneof != null && builder.hasOneof(oneof)) {
            String before = builder.getOneofFieldDescriptor(oneof).getName();
            throw new CodecException(
                    "json: " + field.getFullName() + ": beside " + before + " (expected: one of them)", null);
        }
    }

    private static boolean takesNull(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case MESSAGE -> WellKnownType.of(field.getMessageType()) == WellKnownType.VALUE;
            case ENUM -> ProtoJsonScalar.isNull(field);
            default -> false;
        };
    }

    /** Reads an array into a field. */
    void list(FieldDescriptor field, Message.Builder builder) throws IOException {
        expect(JsonToken.START_ARRAY, "an array", field);
        while (json.nextToken() != JsonToken.END_ARRAY) {
            builder.addRepeatedField(field, value(field, builder));
        }
    }

    /** Reads an object into a field that is a map. */
    void map(FieldDescriptor field, Message.Builder builder) throws IOException {
        expect(JsonToken.START_OBJECT, "an object", field);
        FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
        FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
        while (json.nextToken() != JsonToken.END_OBJECT) {
            Message.Builder entry = builder.newBuilderForField(field);
            entry.setField(key, ProtoJsonScalar.key(key, json.currentName()));
            json.nextToken();
            entry.setField(value, value(value, entry));
            builder.addRepeatedField(field, entry.build());
        }
    }

    /** Reads the value that the parser stands at, as one of a field. */
    Object value(FieldDescriptor field, Message.Builder parent) throws IOException {
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

    CodecException unexpected(String expected) {
        JsonToken token = json.currentToken();
        String found = token == null ? "unexpected EOF" : token.toString().toLowerCase(Locale.ROOT);
        return new CodecException("json: " + found + " (expected: " + expected + ")", null);
    }
}
