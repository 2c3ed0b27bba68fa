package dev.vertxmicro.wrapper.metrics.series;

import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.RareWarning;
import io.micrometer.core.instrument.Clock;
import java.util.concurrent.atomic.LongAdder;

/**
 * What is measured of one endpoint, or of the messages of one topic, on one side. Never throws: who cannot measure a call does not
 * disturb it. May be used from any thread.
 */
public final class EndpointSeries {
    private static final System.Logger LOG = LateLogger.of(EndpointSeries.class);
    private static final RareWarning FAILED = RareWarning.of(LOG);

    private final Clock clock;
    private final CodeLabels codes;
    private final LongAdder active;
    private final Ends durations;
    private final LazyCounter received;
    private final LazyCounter sent;
    private final LazyCounter repeated;

    /** Takes note of what has ended. */
    @FunctionalInterface
    interface Ends {
        void ended(long nanos, int place);
    }

    EndpointSeries(
            Clock clock,
            CodeLabels codes,
            LongAdder active,
            Ends durations,
            LazyCounter received,
            LazyCounter sent,
            LazyCounter repeated) {
        this.clock = clock;
        this.codes = codes;
        this.active = active;
        this.durations = durations;
        this.received = received;
        this.sent = sent;
        this.repeated = repeated;
    }

    /**
     * Says that something has begun.
     *
     * @return when, for its end
     */
    public long begin() {
        active.increment();
        return clock.monotonicTime();
    }

    /**
     * Says that it has ended well.
     *
     * @param since when it began
     */
    public void succeeded(long since) {
        ended(since, codes.place(CodeLabels.SUCCESS));
    }

    /**
     * Says that it has failed.
     *
     * @param since when it began
     * @param why   with what
     */
    public void failed(long since, Throwable why) {
        ended(since, codes.place(why));
    }

    private void ended(long since, int place) {
        active.decrement();
        try {
            durations.ended(Math.max(0, clock.monotonicTime() - since), place);
        } catch (Throwable e) {
            notMeasured(e);
        }
    }

    /** Says that a stream has brought a message. */
    public void received() {
        count(received);
    }

    /** Says that a stream was given a message. */
    public void sent() {
        count(sent);
    }

    /** Says that this is not the first attempt. */
    public void repeated() {
        count(repeated);
    }

    private static void count(LazyCounter counter) {
        try {
            counter.increment();
        } catch (Throwable e) {
            notMeasured(e);
        }
    }

    static void notMeasured(Throwable why) {
        FAILED.warn("not measured: " + why);
    }
}
