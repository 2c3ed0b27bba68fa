package dev.vertxmicro.wrapper.metrics.series;

import io.micrometer.core.instrument.Counter;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A counter that is not there before it counts something. */
final class LazyCounter {
    private final Supplier<Counter> maker;
    private volatile @Nullable Counter counter;

    /** Makes one whose maker gives the same counter each time. */
    LazyCounter(Supplier<Counter> maker) {
        this.maker = maker;
    }

    void increment() {
        Counter known = counter;
        if (known == null) {
            known = maker.get();
            counter = known;
        }
        known.increment();
    }
}
