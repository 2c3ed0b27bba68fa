package dev.vertxmicro.wrapper.logging;

import com.google.protobuf.MessageLite;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.wrapper.logging.lines.CallLine;
import dev.vertxmicro.wrapper.logging.lines.LineLimit;
import dev.vertxmicro.wrapper.logging.lines.LineSink;
import io.vertx.core.buffer.Buffer;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Which calls have a line, and what all lines have in common. Used concurrently. */
final class LineRules {
    private static final System.Logger LOG = LateLogger.of(CallLogging.class);
    /** What is larger is not made a text of, only to be cut. */
    private static final int LARGEST_SHOWN = 256 * 1024;

    private static final int OK = 200;
    private static final int TIMEOUT = 408;
    private static final int INTERNAL = 500;

    private final LoggingOptions options;
    private final Timers timers;
    private final LineSink sink;
    private final LineLimit ofSuccesses;
    /** Of what is slow, too. They have lines of their own, which successes do not take away. */
    private final LineLimit ofFailures;

    private final RareWarning failed;
    private final long slowNanos;

    LineRules(LoggingOptions options, Timers timers, LineSink sink) {
        this.options = options;
        this.timers = timers;
        this.sink = sink;
        this.failed = new RareWarning(LOG, timers);
        this.ofSuccesses = new LineLimit(options.linesPerSecond(), timers, number -> leftOut("successes", number));
        this.ofFailures = new LineLimit(options.linesPerSecond(), timers, number -> leftOut("failures", number));
        this.slowNanos = options.slowAfter().isZero() ? Long.MAX_VALUE : nanos(options);
    }

    private static long nanos(LoggingOptions options) {
        try {
            return options.slowAfter().toNanos();
        } catch (ArithmeticException never) {
            return Long.MAX_VALUE;
        }
    }

    private void leftOut(String what, long number) {
        guarded(() -> sink.write(
                Level.WARNING,
                new CallLine("lines about calls left out")
                        .add("lines", number)
                        .add("of", what)
                        .add("lines_per_second", options.linesPerSecond())));
    }

    long now() {
        return timers.nanoTime();
    }

    /**
     * Writes a line, if there is to be one.
     *
     * @param trace   of the call: all calls of a trace are in the sample, or none
     * @param began   when, by {@link #now}
     * @param failure why it failed, null if it did not
     * @param kind    call, stream or message
     * @param name    of the endpoint or topic
     * @param details adds the fields that only one side knows
     */
    void ended(String trace, long began, @Nullable Throwable failure, String kind, String name, LineDetails details) {
        guarded(() -> {
            long nanos = now() - began;
            Level level = level(failure, nanos);
            boolean always = failure != null || nanos >= slowNanos;
            LineLimit limit = always ? ofFailures : ofSuccesses;
            if ((always || isSampled(trace)) && sink.takes(level) && limit.admits()) {
                int code = code(failure);
                CallLine line = new CallLine(kind + " " + name + " " + code)
                        .add("kind", kind)
                        .add("code", code)
                        .addMillis("duration_ms", nanos);
                details.addTo(line);
                if (failure != null) {
                    line.add("error", why(failure));
                }
                sink.write(level, line);
            }
        });
    }

    /** What a side knows of a call. */
    @FunctionalInterface
    interface LineDetails {
        void addTo(CallLine line);
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (Throwable thrown) {
            try {
                failed.warn("line about a call not written", thrown);
            } catch (Throwable again) {
                // there is no log to say it in
            }
        }
    }

    private Level level(@Nullable Throwable failure, long nanos) {
        if (failure == null) {
            return nanos >= slowNanos ? options.slowLevel() : options.successLevel();
        }
        int code = code(failure);
        boolean refused = code >= 400 && code < INTERNAL && code != TIMEOUT;
        return refused ? options.refusedLevel() : options.failureLevel();
    }

    private boolean isSampled(String trace) {
        int share = options.sample();
        if (share <= 1) {
            return share == 1;
        }
        int mixed = trace.hashCode() * 0x9E3779B9;
        return Math.floorMod(mixed ^ (mixed >>> 15), share) == 0;
    }

    private static int code(@Nullable Throwable failure) {
        if (failure == null) {
            return OK;
        }
        if (failure instanceof MicroException error) {
            return error.code() == 0 ? INTERNAL : error.code(); // plain text of go-micro has no code
        }
        return INTERNAL;
    }

    /** What a handler threw may say anything, and is in the log already. */
    private static String why(Throwable failure) {
        return failure instanceof MicroException error
                ? error.detail()
                : failure.getClass().getName();
    }

    /** Adds the metadata that is named. */
    void metadata(CallLine line, Metadata sent) {
        for (String name : options.metadata()) {
            line.add("metadata." + name, sent.value(name, ""));
        }
    }

    /** Adds size and, where asked for, text of a message; neither is made before it is known that there is a line. */
    void payload(CallLine line, String name, @Nullable Object payload) {
        if (payload == null) {
            return;
        }
        int size = size(payload);
        line.add(name + "_bytes", size);
        if (options.payloads()) {
            boolean shown = size <= LARGEST_SHOWN;
            line.add(name, shown ? String.valueOf(payload) : size + " bytes", options.payloadChars());
        }
    }

    private static int size(Object payload) {
        if (payload instanceof MessageLite message) {
            return message.getSerializedSize();
        }
        return payload instanceof Buffer bytes ? bytes.length() : -1;
    }
}
