package dev.vertxmicro.interop.conformance;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.codec.JsonOptions;
import dev.vertxmicro.codec.ProtobufJson;
import io.vertx.core.buffer.Buffer;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What protobuf's conformance runner tests: it is sent requests on standard input, each with its length before it, and answers on
 * standard output. It reads and writes JSON by our codec; what has no JSON in it, or wants unknown fields ignored, is skipped.
 */
public final class Testee {
    private final Schema schema;
    private final ProtobufJson codec;

    private Testee(Schema schema, ProtobufJson codec) {
        this.schema = schema;
        this.codec = codec;
    }

    /**
     * Answers until the runner goes.
     *
     * @param args the file with the descriptors, and {@code protobuf} for protobuf's own mapping
     * @throws IOException if the runner breaks off
     */
    public static void main(String[] args) throws IOException {
        JsonOptions options = args[1].equals("protobuf") ? JsonOptions.PROTOBUF : JsonOptions.DEFAULTS;
        Testee testee = new Testee(Schema.read(Path.of(args[0])), ProtobufJson.of(options));
        DataInputStream in = new DataInputStream(System.in);
        OutputStream out = new BufferedOutputStream(System.out);
        for (byte[] length = in.readNBytes(Integer.BYTES); length.length > 0; length = in.readNBytes(Integer.BYTES)) {
            byte[] request = in.readNBytes(
                    ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getInt());
            byte[] response = testee.answer(request);
            out.write(ByteBuffer.allocate(Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(response.length)
                    .array());
            out.write(response);
            out.flush();
        }
    }

    private byte[] answer(byte[] bytes) throws InvalidProtocolBufferException {
        DynamicMessage request = schema.parse("conformance.ConformanceRequest", bytes);
        String type = schema.text(request, "message_type");
        if (type.equals("conformance.FailureSet")) {
            return response("protobuf_payload", ByteString.EMPTY);
        }
        String output = schema.constant(request, "requested_output_format");
        String category = schema.constant(request, "test_category");
        boolean fromJson = schema.has(request, "json_payload");
        boolean fromBinary = schema.has(request, "protobuf_payload");
        boolean toJson = output.equals("JSON");
        boolean known = (fromJson || fromBinary) && (toJson || output.equals("PROTOBUF"));
        if (!known || !(fromJson || toJson) || category.equals("JSON_IGNORE_UNKNOWN_PARSING_TEST")) {
            return response("skipped", "not of our codec");
        }
        try {
            return convert(request, schema.type(type), fromJson, toJson);
        } catch (RuntimeException | StackOverflowError e) {
            return response("runtime_error", e.toString());
        }
    }

    private byte[] convert(DynamicMessage request, Descriptor type, boolean fromJson, boolean toJson) {
        Message message;
        try {
            if (fromJson) {
                DynamicMessage.Builder builder = DynamicMessage.newBuilder(type);
                codec.decode(Buffer.buffer(schema.text(request, "json_payload")), builder);
                message = builder.build();
            } else {
                message = DynamicMessage.parseFrom(type, schema.bytes(request, "protobuf_payload"));
            }
        } catch (CodecException | InvalidProtocolBufferException e) {
            return response("parse_error", e.getMessage());
        }
        try {
            return toJson
                    ? response("json_payload", codec.encode(message).toString(StandardCharsets.UTF_8))
                    : response("protobuf_payload", message.toByteString());
        } catch (CodecException e) {
            return response("serialize_error", e.getMessage());
        }
    }

    private byte[] response(String field, Object value) {
        Descriptor type = schema.type("conformance.ConformanceResponse");
        return DynamicMessage.newBuilder(type)
                .setField(type.findFieldByName(field), value)
                .build()
                .toByteArray();
    }
}
