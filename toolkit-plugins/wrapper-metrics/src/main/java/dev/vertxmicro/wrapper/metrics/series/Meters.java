package dev.vertxmicro.wrapper.metrics.series;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/** Makes the meters of a registry, each once, whoever asks for it. May be used from any thread. */
public final class Meters {
    private final MeterRegistry registry;
    private final Map<Named, LongAdder> active = new ConcurrentHashMap<>();

    /** What tells meters apart. */
    private record Named(String name, Tags tags) {}

    /**
     * Makes them in a registry.
     *
     * @param registry which is not closed here
     */
    public Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Gives the clock of the registry. */
    Clock clock() {
        return registry.config().clock();
    }

    /** Finds a number that is there and can be changed. */
    LongAdder active(String name, Tags tags, String description) {
        return active.computeIfAbsent(new Named(name, tags), key -> {
            LongAdder number = new LongAdder();
            gauge(name, tags, description, number::sum);
            return number;
        });
    }

    Timer timer(String name, Tags tags, Duration[] buckets, String description) {
        return Timer.builder(name)
                .description(description)
                .tags(tags)
                .serviceLevelObjectives(buckets)
                .register(registry);
    }

    DistributionSummary summary(String name, Tags tags, String description) {
        return DistributionSummary.builder(name)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    Counter counter(String name, Tags tags, String description) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }

    /**
     * Shows a number.
     *
     * @param name        of the meter
     * @param tags        of the meter
     * @param description what the number is
     * @param value       gives it, on any thread
     * @return the meter
     */
    public Meter gauge(String name, Tags tags, String description, DoubleSupplier value) {
        return Gauge.builder(name, value, DoubleSupplier::getAsDouble)
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    /**
     * Shows a number that only grows.
     *
     * @param name        of the meter
     * @param tags        of the meter
     * @param description what is counted
     * @param value       gives it, on any thread; to be held by the caller
     * @return the meter
     */
    public Meter count(String name, Tags tags, String description, DoubleSupplier value) {
        return FunctionCounter.builder(name, value, DoubleSupplier::getAsDouble)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    /**
     * Forgets a meter.
     *
     * @param meter of this registry
     */
    public void remove(Meter meter) {
        registry.remove(meter);
    }
}
