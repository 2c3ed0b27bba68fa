package dev.vertxmicro.wrapper;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * A span of a trace as a wrapper remembers it: go-micro's {@code debug/trace.Span}.
 *
 * @param trace      id of the trace
 * @param id         its own
 * @param parent     id of the span that it is part of, empty for the first of a trace
 * @param name       what was done, such as an endpoint
 * @param started    when it began
 * @param duration   how long it took
 * @param attributes what else is known of it; no payload, no secret
 * @param outgoing   true for what was asked of others, false for what others asked
 */
public record KeptSpan(
        String trace,
        String id,
        String parent,
        String name,
        Instant started,
        Duration duration,
        Map<String, String> attributes,
        boolean outgoing) {

    /** Copies the attributes. */
    public KeptSpan {
        attributes = Map.copyOf(attributes);
    }
}
