package dev.vertxmicro.wrapper.tracing;

import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.wrapper.Reading;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Stands before OpenTelemetry's queue and behind it, so that it is known how many spans are in memory and how many were dropped, which
 * that does not say.
 */
final class BoundedSpans {
    private final int limit;
    private final RareWarning warning;
    private final AtomicLong waiting = new AtomicLong();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final AtomicBoolean counts = new AtomicBoolean();

    BoundedSpans(int limit, RareWarning warning) {
        this.limit = limit;
        this.warning = warning;
    }

    /** Counts those that did not find room. */
    long dropped() {
        return dropped.sum();
    }

    /** Counts those that the exporter could not deliver. */
    long failed() {
        return failed.sum();
    }

    /** Tells of both, and of those in memory. */
    List<Reading> readings() {
        return List.of(
                new Reading("tracing.spans.waiting", Map.of(), waiting.get()),
                new Reading("tracing.spans.dropped", Map.of(), dropped()),
                new Reading("tracing.spans.failed", Map.of(), failed()));
    }

    /** Lets all through to nowhere. */
    SpanProcessor entrance() {
        return new SpanProcessor() {
            @Override
            public void onStart(Context parent, ReadWriteSpan span) {
                // of no concern
            }

            @Override
            public boolean isStartRequired() {
                return false;
            }

            @Override
            public void onEnd(ReadableSpan span) {
                // of no concern
            }

            @Override
            public boolean isEndRequired() {
                return false;
            }
        };
    }

    /** Counts what enters the queue of batches; others send each span at once, and have none. */
    SpanProcessor before(SpanProcessor queue) {
        return queue instanceof BatchSpanProcessor ? new Entrance(queue) : queue;
    }

    /** Of several exporters behind one queue the first counts. */
    SpanExporter behind(SpanExporter exporter) {
        return counts.compareAndSet(false, true) ? new Exit(exporter) : exporter;
    }

    private boolean enters() {
        if (waiting.incrementAndGet() <= limit) {
            return true;
        }
        waiting.decrementAndGet();
        dropped.increment();
        warning.warn("spans are dropped, as the exporter does not keep up: " + dropped.sum() + " so far (queue: "
                + limit + ")");
        return false;
    }

    private void left(int spans, boolean delivered) {
        waiting.addAndGet(-spans);
        if (!delivered) {
            failed.add(spans);
        }
    }

    private final class Entrance implements SpanProcessor {
        private final SpanProcessor queue;

        Entrance(SpanProcessor queue) {
            this.queue = queue;
        }

        @Override
        public void onStart(Context parent, ReadWriteSpan span) {
            queue.onStart(parent, span);
        }

        @Override
        public boolean isStartRequired() {
            return queue.isStartRequired();
        }

        @Override
        public void onEnd(ReadableSpan span) {
            if (span.getSpanContext().isSampled() && enters()) {
                queue.onEnd(span);
            }
        }

        @Override
        public boolean isEndRequired() {
            return queue.isEndRequired();
        }

        @Override
        public CompletableResultCode shutdown() {
            return queue.shutdown();
        }

        @Override
        public CompletableResultCode forceFlush() {
            return queue.forceFlush();
        }

        @Override
        public String toString() {
            return queue.toString();
        }
    }

    private final class Exit implements SpanExporter {
        private final SpanExporter exporter;

        Exit(SpanExporter exporter) {
            this.exporter = exporter;
        }

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            int size = spans.size();
            CompletableResultCode result;
            try {
                result = exporter.export(spans);
            } catch (Throwable thrown) {
                left(size, false);
                throw thrown;
            }
            return result.whenComplete(() -> left(size, result.isSuccess()));
        }

        @Override
        public CompletableResultCode flush() {
            return exporter.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return exporter.shutdown();
        }

        @Override
        public String toString() {
            return exporter.toString();
        }
    }
}
