package dev.vertxmicro.bridge.session;

import dev.vertxmicro.engine.eventbus.BusProtocol;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Headers of a frame. Some are for the bridge, and go no further: {@code Authorization}, {@code timeout} (the wait for a reply, in
 * milliseconds), {@code micro-body}, and what would choose codec or reach, {@code codecName} and {@code localOnly}.
 */
final class FrameHeaders {
    /** Header of a body that is bytes: its value is {@code base64}. */
    static final String BODY = "micro-body";

    private static final String BASE64 = "base64";
    private static final String BEARER = "Bearer ";
    private static final long NANOS_IN_MILLI = 1_000_000;

    private final MultiMap all = MultiMap.caseInsensitiveMultiMap();
    private final @Nullable String token;
    private final @Nullable String wait;
    private final boolean bytes;

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException for a value that is no text, number or truth value, and for a name that is there twice
     */
    FrameHeaders(@Nullable JsonObject headers) {
        if (headers != null) {
            for (Map.Entry<String, Object> header : headers) {
                add(header.getKey(), header.getValue());
            }
        }
        token = taken("Authorization");
        wait = taken(BusProtocol.TIMEOUT);
        bytes = BASE64.equals(taken(BODY));
        all.remove("codecName").remove("localOnly");
    }

    private void add(String name, @Nullable Object value) {
        if (!(value instanceof String || value instanceof Number || value instanceof Boolean)) {
            throw new IllegalArgumentException("header " + name + " (expected: a text)");
        }
        if (all.contains(name)) {
            throw new IllegalArgumentException("header " + name + " (expected: once)");
        }
        all.add(name, value.toString());
    }

    private @Nullable String taken(String name) {
        String value = all.get(name);
        all.remove(name);
        return value;
    }

    /** Tells whether what HTTP calls Authorization is a token; other schemes are of others. */
    static boolean isBearer(String authorization) {
        return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
    }

    /** Gives those that go on. */
    MultiMap passed() {
        return all;
    }

    Optional<String> token() {
        return token == null
                ? Optional.empty()
                : Optional.of(isBearer(token) ? token.substring(BEARER.length()) : token);
    }

    /** Gives the body as it goes on. */
    @Nullable
    Object body(JsonObject frame) {
        Object body = frame.getValue("body");
        return bytes && body instanceof String text
                ? Buffer.buffer(Base64.getDecoder().decode(text))
                : body;
    }

    /** Says how a message is sent on, and how long its reply may take: as long as was asked for, but no longer than is allowed. */
    DeliveryOptions options(Duration most) {
        String nanos = all.get(BusProtocol.MICRO_TIMEOUT);
        long longest = most.toNanos();
        long work = nanos == null ? longest : Math.min(positive(BusProtocol.MICRO_TIMEOUT, nanos), longest);
        long millis =
                wait == null ? work / NANOS_IN_MILLI : Math.min(positive(BusProtocol.TIMEOUT, wait), most.toMillis());
        if (nanos != null) {
            all.set(BusProtocol.MICRO_TIMEOUT, Long.toString(work));
        } else if (wait != null) {
            all.set(BusProtocol.MICRO_TIMEOUT, Long.toString(millis * NANOS_IN_MILLI));
        }
        return new DeliveryOptions().setHeaders(all).setSendTimeout(Math.max(1, millis));
    }

    private static long positive(String name, String text) {
        long value = Long.parseLong(text);
        if (value <= 0) {
            throw new IllegalArgumentException("header " + name + ": " + text + " (expected: >= 1)");
        }
        return value;
    }

    /** Writes headers and body of a message into a frame. */
    static void write(MultiMap headers, @Nullable Object body, JsonObject frame) {
        JsonObject written = new JsonObject();
        for (Map.Entry<String, String> header : headers) {
            written.put(header.getKey(), header.getValue());
        }
        Object shown = body;
        if (body instanceof Buffer buffer) {
            shown = Base64.getEncoder().encodeToString(buffer.getBytes());
            written.put(BODY, BASE64);
        }
        if (!written.isEmpty()) {
            frame.put("headers", written);
        }
        if (shown != null) {
            frame.put("body", shown);
        }
    }
}
