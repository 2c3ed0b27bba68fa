package dev.vertxmicro.codec.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.MessageOrBuilder;
import dev.vertxmicro.codec.CodecException;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Writes the well-known types in their shapes; the writer of the message around it writes what is within. */
final class WellKnownWriter {
    /** Bytes within bytes have no limit of their own, as messages within messages have. */
    private static final int MAX_ANYS = 20;

    private final JsonGenerator json;
    private final ProtoJsonWriter writer;
    private final AnyTypes types;
    private final MessageOrBuilder root;
    private int anys;

    WellKnownWriter(JsonGenerator json, ProtoJsonWriter writer, AnyTypes types, MessageOrBuilder root) {
        this.json = json;
        this.writer = writer;
        this.types = types;
        this.root = root;
    }

    void write(WellKnownType shape, MessageOrBuilder message) throws IOException {
        FieldDescriptor first = message.getDescriptorForType().findFieldByNumber(1);
        switch (shape) {
            case WRAPPER -> wrapper(first, message.getField(first));
            case STRUCT -> writer.map((List<?>) message.getField(first));
            case LIST -> writer.list(first, (List<?>) message.getField(first));
            case VALUE -> value(message);
            case ANY -> any(message, first);
            case TIMESTAMP, DURATION, FIELD_MASK -> json.writeString(WellKnownText.print(shape, message));
        }
    }

    /** Nothing but jsonpb reads these, which takes text. */
    private void wrapper(FieldDescriptor field, Object value) throws IOException {
        switch (field.getType()) {
            case INT64 -> json.writeString(value.toString());
            case UINT64 -> json.writeString(Long.toUnsignedString((Long) value));
            default -> writer.value(field, value);
        }
    }

    private void value(MessageOrBuilder message) throws IOException {
        Map<FieldDescriptor, Object> fields = message.getAllFields();
        if (fields.isEmpty()) {
            json.writeNull();
            return;
        }
        Map.Entry<FieldDescriptor, Object> kind = fields.entrySet().iterator().next();
        Object value = kind.getValue();
        if (ProtoJsonScalar.isNull(kind.getKey())) {
            json.writeNull();
        } else if (value instanceof Double number && !Double.isFinite(number)) {
            throw new CodecException("json: google.protobuf.Value: " + number + " (expected: a finite number)", null);
        } else {
            writer.value(kind.getKey(), value);
        }
    }

    private void any(MessageOrBuilder any, FieldDescriptor first) throws IOException {
        String url = (String) any.getField(first);
        ByteString bytes = (ByteString) any.getField(any.getDescriptorForType().findFieldByNumber(2));
        json.writeStartObject();
        if (!url.isEmpty() || !bytes.isEmpty()) {
            held(url, bytes);
        }
        json.writeEndObject();
    }

    private void held(String url, ByteString bytes) throws IOException {
        if (++anys > MAX_ANYS) {
            throw new CodecException("json: google.protobuf.Any: more than " + MAX_ANYS + " within one another", null);
        }
        Descriptor type = types.find(url, root);
        DynamicMessage message = DynamicMessage.parseFrom(type, bytes);
        json.writeStringField(WellKnownReader.TYPE, url);
        WellKnownType shape = WellKnownType.of(type);
        if (shape == null) {
            writer.fields(message);
        } else {
            json.writeFieldName("value");
            write(shape, message);
        }
        anys--;
    }
}
