package dev.vertxmicro.broker.http;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * A message in go-micro's JSON envelope, {@code {"Header":{…},"Body":"<base64>"}}, its topic among the headers.
 *
 * @param topic   the topic, perhaps empty
 * @param message what was published
 */
record WireMessage(String topic, Message message) {
    /** The header that carries the topic. */
    static final String TOPIC = ":topic";

    private static final byte[] NOTHING = {};
    private static final int MAX_DEPTH = 64;
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** Writes it as go-micro does: names of headers sorted. */
    Envelope encode() {
        ByteArrayBuilder out = new ByteArrayBuilder(message.body().length() / 3 * 4 + 256);
        int split;
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            writeHeaders(json, Generation.FIRST);
            json.flush();
            split = out.size();
            json.writeFieldName("Body");
            json.writeBinary(
                    Base64Variants.MIME_NO_LINEFEEDS,
                    message.body().getBytes(),
                    0,
                    message.body().length());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Metadata headers = message.headers();
        String named = topic;
        return new Envelope(out.toByteArray(), split, () -> laterHeaders(named, headers));
    }

    /** Keeps no hold of the body. */
    private static byte[] laterHeaders(String topic, Metadata headers) {
        ByteArrayBuilder out = new ByteArrayBuilder(256);
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            new WireMessage(topic, new Message(headers, Buffer.buffer())).writeHeaders(json, Generation.LATER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private void writeHeaders(JsonGenerator json, Generation form) throws IOException {
        Map<String, String> headers = new TreeMap<>(message.headers().toMap());
        headers.put(form.topicHeader, topic);
        json.writeStartObject();
        json.writeObjectFieldStart("Header");
        for (Map.Entry<String, String> header : headers.entrySet()) {
            json.writeStringField(header.getKey(), header.getValue());
        }
        json.writeEndObject();
    }

    /**
     * Reads an envelope as go-micro does: names of fields in any case, others skipped, {@code null} for nothing. The topic is
     * that of the header its form names it in, or else that of the other form.
     *
     * @throws IOException if it is none; the message says why, in one line
     */
    static WireMessage decode(ByteBuf bytes, Generation form) throws IOException {
        try (JsonParser json =
                FACTORY.createParser(bytes.array(), bytes.arrayOffset() + bytes.readerIndex(), bytes.readableBytes())) {
            return read(json, form);
        } catch (IOException e) {
            String message = String.valueOf(e.getMessage());
            throw new IOException(message.lines().findFirst().orElse("not JSON"), e);
        }
    }

    private static WireMessage read(JsonParser json, Generation form) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        byte[] body = NOTHING;
        JsonToken start = json.nextToken();
        if (start == JsonToken.START_OBJECT) {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                if (name.equalsIgnoreCase("header")) {
                    readHeaders(json, headers);
                } else if (name.equalsIgnoreCase("body")) {
                    body = readBody(json);
                } else {
                    json.skipChildren();
                }
            }
        } else if (start != JsonToken.VALUE_NULL) {
            throw new IOException(start == null ? "unexpected end of JSON input" : start + " (expected: an object)");
        }
        if (json.nextToken() != null) {
            throw new IOException("data after the message");
        }
        String own = headers.getOrDefault(form.topicHeader, "");
        Generation other = form == Generation.FIRST ? Generation.LATER : Generation.FIRST;
        String topic = own.isEmpty() ? headers.getOrDefault(other.topicHeader, "") : own;
        headers.remove(TOPIC);
        return new WireMessage(topic, new Message(Metadata.from(headers), buffer(body)));
    }

    private static void readHeaders(JsonParser json, Map<String, String> headers) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        require(json, JsonToken.START_OBJECT, "Header");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            if (json.nextToken() == JsonToken.VALUE_NULL) {
                headers.put(name, "");
            } else {
                require(json, JsonToken.VALUE_STRING, "Header");
                headers.put(name, json.getText());
            }
        }
    }

    private static byte[] readBody(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return NOTHING;
        }
        require(json, JsonToken.VALUE_STRING, "Body");
        return json.getBinaryValue(Base64Variants.MIME_NO_LINEFEEDS);
    }

    private static void require(JsonParser json, JsonToken expected, String field) throws IOException {
        if (json.currentToken() != expected) {
            throw new IOException(field + ": " + json.currentToken() + " (expected: " + expected + ")");
        }
    }

    private static Buffer buffer(byte[] body) {
        return body.length == 0 ? Buffer.buffer() : BufferInternal.buffer(Unpooled.wrappedBuffer(body));
    }
}
