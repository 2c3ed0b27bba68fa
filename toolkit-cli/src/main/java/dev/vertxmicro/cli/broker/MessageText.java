package dev.vertxmicro.cli.broker;

import dev.vertxmicro.broker.Delivery;
import dev.vertxmicro.message.Headers;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.JacksonCodec;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** Messages of a topic as people and scripts read them. */
final class MessageText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);
    private static final JacksonCodec JSON = new JacksonCodec();

    private MessageText() {}

    /** Writes one line: time, topic, headers, body. */
    static String line(LocalTime time, Delivery delivery) {
        StringBuilder text = new StringBuilder(256);
        text.append(TIME.format(time)).append("  ").append(delivery.topic());
        delivery.message()
                .headers()
                .forEach((name, value) ->
                        text.append("  ").append(name).append('=').append(oneLine(value)));
        Buffer body = delivery.message().body();
        text.append("  ").append(text(body).map(MessageText::oneLine).orElseGet(() -> base64(body) + " (base64)"));
        return text.toString();
    }

    /** Writes an object with topic, headers and body. */
    static JsonObject json(Delivery delivery) {
        JsonObject headers = new JsonObject();
        delivery.message().headers().forEach(headers::put);
        JsonObject json = new JsonObject().put("topic", delivery.topic()).put("headers", headers);
        Buffer body = delivery.message().body();
        Optional<String> text = text(body);
        if (text.isEmpty()) {
            return json.put("body", base64(body)).put("encoding", "base64");
        }
        String contentType = delivery.message().headers().value(Headers.CONTENT_TYPE, "");
        return json.put("body", contentType.contains("json") ? parsed(text.get()) : text.get());
    }

    private static Object parsed(String text) {
        try {
            return JSON.fromString(text, Object.class);
        } catch (DecodeException e) {
            return text;
        }
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\R", " ");
    }

    private static String base64(Buffer body) {
        return Base64.getEncoder().encodeToString(body.getBytes());
    }

    /** Gives the body as text, if it is UTF-8 without control characters other than white space. */
    private static Optional<String> text(Buffer body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body.getBytes()))
                    .toString();
            boolean readable = text.chars().noneMatch(c -> Character.isISOControl(c) && !Character.isWhitespace(c));
            return readable ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
