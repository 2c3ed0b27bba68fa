package dev.vertxmicro.wrapper.metrics;

import dev.vertxmicro.wrapper.metrics.series.CodeLabels;
import dev.vertxmicro.wrapper.metrics.series.Meters;
import dev.vertxmicro.wrapper.metrics.series.SeriesFactory;
import dev.vertxmicro.wrapper.metrics.series.SeriesTable;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A registry whose time stands still, and what is measured in it, a line each. */
final class Measured {
    static final int MOST = 3;
    private static final Set<String> CONSTANT = Set.of("rpc.system", "rpc.service", "messaging.system");

    final MockClock clock = new MockClock();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    final BrokerType broker = new BrokerType();
    private final SeriesFactory factory = new SeriesFactory(
            new Meters(registry), Tags.empty(), new CodeLabels(List.of()), List.of(Duration.ofMillis(10)));

    MeteredServer server() {
        return new MeteredServer(
                "greeter", new SeriesTable(MOST, factory::served), new SeriesTable(MOST, factory::processed), broker);
    }

    MeteredServer goMicroServer() {
        return new MeteredServer(
                "greeter", new SeriesTable(MOST, factory::goMicro), new SeriesTable(MOST, factory::processed), broker);
    }

    MeteredClient client() {
        return new MeteredClient(
                new SeriesTable(MOST, factory::called), new SeriesTable(MOST, factory::published), broker);
    }

    /** Such as {@code rpc.server.duration Greeter.Hello 200: 1 in 0 ms}; numbers that are 0 are left out. */
    List<String> lines() {
        return registry.getMeters().stream()
                .filter(meter -> !meter.getId().getName().endsWith(".histogram"))
                .map(this::line)
                .filter(line -> !line.isEmpty())
                .sorted()
                .toList();
    }

    private String line(Meter meter) {
        String labels = StreamSupport.stream(meter.getId().getTagsAsIterable().spliterator(), false)
                .filter(tag -> !CONSTANT.contains(tag.getKey()))
                .sorted(Comparator.comparing((Tag tag) -> tag.getKey().length()).thenComparing(Tag::getKey))
                .map(Tag::getValue)
                .filter(value -> !value.isEmpty())
                .collect(Collectors.joining(" "));
        String name = meter.getId().getName() + " " + labels + ": ";
        if (meter instanceof Timer timer) {
            return name + timer.count() + " in " + (long) timer.totalTime(TimeUnit.MILLISECONDS) + " ms";
        }
        double value = meter.measure().iterator().next().getValue();
        return value == 0 ? "" : name + (long) value;
    }
}
