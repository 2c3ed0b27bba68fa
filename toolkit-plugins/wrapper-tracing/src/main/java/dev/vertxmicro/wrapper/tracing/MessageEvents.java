package dev.vertxmicro.wrapper.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import java.util.concurrent.atomic.AtomicLong;

/** Notes the messages of a stream at its span, as events; OpenTelemetry keeps the first 128. */
final class MessageEvents {
    private static final AttributeKey<String> TYPE = AttributeKey.stringKey("rpc.message.type");
    private static final AttributeKey<Long> ID = AttributeKey.longKey("rpc.message.id");

    private final Span span;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();

    MessageEvents(Span span) {
        this.span = span;
    }

    void sent() {
        note("SENT", sent.incrementAndGet());
    }

    void received() {
        note("RECEIVED", received.incrementAndGet());
    }

    private void note(String type, long number) {
        span.addEvent("rpc.message", Attributes.of(TYPE, type, ID, number));
    }
}
