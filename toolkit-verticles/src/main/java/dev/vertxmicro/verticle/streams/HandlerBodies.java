package dev.vertxmicro.verticle.streams;

import dev.vertxmicro.error.MicroException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Bodies of calls as handlers on the event bus see them, and the other way round. */
public final class HandlerBodies {
    private static final String JSON = "application/json";

    private HandlerBodies() {}

    /**
     * Makes what a handler gets: a JsonObject for JSON, where an empty body is the empty message, as everywhere; else the bytes.
     *
     * @param handler     its address, for errors
     * @param body        of the call
     * @param contentType of the call
     * @return the body of the message
     * @throws MicroException with code 400 for what is no JSON object
     */
    public static Object request(String handler, Buffer body, String contentType) {
        if (!contentType.startsWith(JSON)) {
            return body;
        }
        try {
            return body.length() == 0 ? new JsonObject() : new JsonObject(body);
        } catch (RuntimeException e) {
            throw MicroException.badRequest(handler, "json: " + e.getMessage());
        }
    }

    /**
     * Reads what a handler has replied.
     *
     * @param handler     its address, for errors
     * @param body        of the reply
     * @param contentType of the call
     * @return the bytes of the answer
     * @throws MicroException with code 500 for what no caller could read
     */
    public static Buffer answer(String handler, @Nullable Object body, String contentType) {
        if (body instanceof JsonObject json) {
            return json.toBuffer();
        }
        if (body instanceof Buffer bytes) {
            return bytes;
        }
        if (body instanceof JsonArray array) {
            return array.toBuffer();
        }
        if (body == null) {
            return contentType.startsWith(JSON) ? new JsonObject().toBuffer() : Buffer.buffer();
        }
        if (body instanceof String text && readable(text, contentType)) {
            return Buffer.buffer(text);
        }
        throw MicroException.internal(
                        handler,
                        "handler answered " + body.getClass().getName() + " to " + contentType
                                + " (expected: a Buffer, a JsonObject, a JsonArray, nothing, or a String that is text or JSON)")
                .withoutStackTrace();
    }

    private static boolean readable(String text, String contentType) {
        if (!contentType.startsWith(JSON)) {
            return contentType.startsWith("text/");
        }
        try {
            Json.decodeValue(text);
            return true;
        } catch (DecodeException noJson) {
            return false;
        }
    }
}
