package dev.vertxmicro.cli.trace;

import io.vertx.core.json.JsonObject;
import java.util.Locale;

/**
 * A span as a Zipkin has it.
 *
 * @param id        of the span
 * @param parent    id of the one above, empty if it says none
 * @param shared    whether it is the server's half of a span whose other half is the client's, as B3 has it
 * @param service   who has made it
 * @param kind      {@code client}, {@code server}, {@code producer}, {@code consumer}, or empty
 * @param what      what was done, in a few words
 * @param code      200, or the code of the error; {@code error} where no code is known
 * @param began     when, in microseconds since 1970
 * @param micros    how long it took; 0 if it has not ended
 */
record TracedSpan(
        String id,
        String parent,
        boolean shared,
        String service,
        String kind,
        String what,
        String code,
        long began,
        long micros) {
    private static final int MOST_CHARACTERS = 120;
    private static final String OK = "200";

    /** Reads one of Zipkin's API, version 2; what it lacks is empty. */
    static TracedSpan of(JsonObject span) {
        JsonObject tags = object(span, "tags");
        String kind = text(span, "kind").toLowerCase(Locale.ROOT);
        String service = text(object(span, "localEndpoint"), "serviceName");
        return new TracedSpan(
                text(span, "id"),
                text(span, "parentId"),
                Boolean.TRUE.equals(span.getValue("shared")),
                service.isEmpty() ? "?" : service,
                kind,
                what(kind, tags, text(span, "name")),
                code(tags),
                number(span, "timestamp"),
                number(span, "duration"));
    }

    /** Zipkin writes names of spans in small letters; attributes are as they were. */
    private static String what(String kind, JsonObject tags, String name) {
        String method = text(tags, "rpc.method");
        if (!method.isEmpty()) {
            return kind.equals("server") ? method : "calls " + text(tags, "rpc.service") + " " + method;
        }
        String topic = text(tags, "messaging.destination.name");
        if (!topic.isEmpty()) {
            return (kind.equals("consumer") ? "takes " : "publishes ") + topic;
        }
        return name.isEmpty() ? "?" : name;
    }

    private static String code(JsonObject tags) {
        String type = text(tags, "error.type");
        if (!type.isEmpty()) {
            return type;
        }
        return tags.containsKey("error") ? "error" : OK;
    }

    private static JsonObject object(JsonObject parent, String key) {
        return parent.getValue(key) instanceof JsonObject object ? object : new JsonObject();
    }

    private static long number(JsonObject parent, String key) {
        return parent.getValue(key) instanceof Number number ? Math.max(0, number.longValue()) : 0;
    }

    /** Others have written it: one line, and not a long one. */
    private static String text(JsonObject parent, String key) {
        String text = parent.getValue(key) instanceof String said ? said : "";
        String shown = text.replaceAll("\\p{Cntrl}", "?");
        return shown.length() > MOST_CHARACTERS ? shown.substring(0, MOST_CHARACTERS) : shown;
    }

    /** Tells whether somebody else is expected to have made one beneath it. */
    boolean leadsElsewhere() {
        return kind.equals("client") || kind.equals("producer");
    }

    /** Tells this half of a span from the other. */
    String key() {
        return shared ? id + '+' : id;
    }
}
