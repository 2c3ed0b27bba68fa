package dev.vertxmicro.codec.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import dev.vertxmicro.codec.CodecException;
import java.io.IOException;

/** Reads the well-known types from their shapes; the reader of the message around it has the parser. */
final class WellKnownReader {
    static final String TYPE = "@type";
    private static final String VALUE = "value";

    private static final int KIND_NULL = 1;
    private static final int KIND_NUMBER = 2;
    private static final int KIND_STRING = 3;
    private static final int KIND_BOOL = 4;
    private static final int KIND_STRUCT = 5;
    private static final int KIND_LIST = 6;

    /** How often the bytes of a body may be looked through for a {@code @type} that does not come first. */
    private static final int SCANS = 16;

    private final ProtoJsonReader reader;
    private final byte[] source;
    private final AnyTypes types;
    private int base;
    private long scanned;

    WellKnownReader(ProtoJsonReader reader, byte[] source, AnyTypes types) {
        this.reader = reader;
        this.source = source;
        this.types = types;
    }

    /** Reads the value that the parser stands at. */
    void read(WellKnownType shape, Message.Builder builder) throws IOException {
        FieldDescriptor first = builder.getDescriptorForType().findFieldByNumber(1);
        switch (shape) {
            case WRAPPER -> builder.setField(first, ProtoJsonScalar.read(first, reader.json()));
            case STRUCT -> reader.map(first, builder);
            case LIST -> reader.list(first, builder);
            case VALUE -> value(builder);
            case ANY -> any(builder);
            case TIMESTAMP, DURATION, FIELD_MASK -> {
                if (reader.json().currentToken() != JsonToken.VALUE_STRING) {
                    throw unexpected("text", builder);
                }
                WellKnownText.parse(shape, reader.json().getText(), builder);
            }
        }
    }

    private CodecException unexpected(String what, Message.Builder builder) {
        return reader.unexpected(what + ": " + builder.getDescriptorForType().getFullName());
    }

    private void value(Message.Builder builder) throws IOException {
        JsonToken token = reader.json().currentToken();
        if (token == null) {
            throw unexpected("a value", builder);
        }
        int kind =
                switch (token) {
                    case VALUE_NULL -> KIND_NULL;
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> KIND_NUMBER;
                    case VALUE_STRING -> KIND_STRING;
                    case VALUE_TRUE, VALUE_FALSE -> KIND_BOOL;
                    case START_OBJECT -> KIND_STRUCT;
                    case START_ARRAY -> KIND_LIST;
                    default -> throw unexpected("a value", builder);
                };
        FieldDescriptor field = builder.getDescriptorForType().findFieldByNumber(kind);
        builder.setField(field, reader.value(field, builder));
    }

    /** Mostly {@code @type} comes first, and what follows can be read as it comes. */
    private void any(Message.Builder builder) throws IOException {
        JsonParser json = reader.json();
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw unexpected("an object", builder);
        }
        int start = base + (int) json.currentTokenLocation().getByteOffset();
        if (json.nextToken() == JsonToken.END_OBJECT) {
            return;
        }
        if (json.currentName().equals(TYPE)) {
            String url = url(json, builder);
            json.nextToken();
            held(url, builder);
            return;
        }
        String url = scan(json, start, builder);
        int end = base + (int) json.currentLocation().getByteOffset();
        int before = base;
        try (JsonParser again = GoJson.FACTORY.createParser(source, start, end - start)) {
            again.nextToken();
            base = start;
            reader.swap(again);
            if (url.isEmpty()) {
                reader.struct(builder);
            } else {
                again.nextToken();
                held(url, builder);
            }
        }
        base = before;
        reader.swap(json);
    }

    private static String url(JsonParser json, Message.Builder builder) throws IOException {
        if (json.nextToken() != JsonToken.VALUE_STRING || json.getTextLength() == 0) {
            throw new CodecException(
                    "json: " + TYPE + ": " + json.currentToken() + " (expected: the URL of a type in "
                            + builder.getDescriptorForType().getFullName() + ")",
                    null);
        }
        return json.getText();
    }

    /** Goes to the end of the object; gives its {@code @type}, empty if there is none. */
    private String scan(JsonParser json, int start, Message.Builder builder) throws IOException {
        String url = "";
        while (json.currentToken() == JsonToken.FIELD_NAME) {
            if (json.currentName().equals(TYPE)) {
                url = url(json, builder);
            } else {
                json.nextToken();
                json.skipChildren();
            }
            json.nextToken();
        }
        scanned += base + json.currentLocation().getByteOffset() - start;
        if (scanned > (long) SCANS * source.length) {
            throw new CodecException("json: google.protobuf.Any: nested too deep without " + TYPE + " first", null);
        }
        return url;
    }

    /** Reads what an {@code Any} holds; the parser stands at the name of a field, or at the end of the object. */
    private void held(String url, Message.Builder builder) throws IOException {
        Descriptor type = types.find(url, reader.root());
        DynamicMessage.Builder held = DynamicMessage.newBuilder(type);
        WellKnownType shape = WellKnownType.of(type);
        SeenFields seen = new SeenFields();
        for (JsonParser json = reader.json(); json.currentToken() != JsonToken.END_OBJECT; json.nextToken()) {
            String name = json.currentName();
            if (name.equals(TYPE)) {
                json.nextToken();
            } else if (shape == null) {
                reader.member(name, held, seen);
            } else if (name.equals(VALUE)) {
                json.nextToken();
                reader.message(held);
            } else {
                throw new CodecException("json: unknown field \"" + name + "\" beside " + TYPE + " " + url, null);
            }
        }
        Descriptor any = builder.getDescriptorForType();
        builder.setField(any.findFieldByNumber(1), url);
        builder.setField(any.findFieldByNumber(2), held.build().toByteString());
    }
}
