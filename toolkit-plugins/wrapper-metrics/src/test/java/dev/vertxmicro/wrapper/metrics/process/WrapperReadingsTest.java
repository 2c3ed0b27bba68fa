package dev.vertxmicro.wrapper.metrics.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.wrapper.Reading;
import dev.vertxmicro.wrapper.Wrapper;
import dev.vertxmicro.wrapper.Wrappers;
import dev.vertxmicro.wrapper.metrics.series.Meters;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WrapperReadingsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final WrapperReadings shown = new WrapperReadings(new Meters(registry));
    private final List<Reading> told = new ArrayList<>();
    private final Wrapper telling = new Wrapper() {
        @Override
        public List<Reading> readings() {
            return told;
        }
    };

    private void add(Object owner, Wrapper... wrappers) {
        shown.add(owner, "greeter", new Wrappers(List.of(wrappers)), Tags.empty());
    }

    private static Reading open(String name, double value) {
        return new Reading("breaker.open", Map.of("name", name), value);
    }

    @Test
    void showsWhatWrappersTellAsItStands() {
        add(this, telling);
        add(this, telling);
        told.add(open("a", 1));
        shown.refresh();
        assertThat(registry.get("micro.breaker.open")
                        .tags("name", "a", "service", "greeter")
                        .gauge()
                        .value())
                .isEqualTo(1);
        told.set(0, open("a", 0.5));
        shown.refresh();
        assertThat(registry.get("micro.breaker.open").gauge().value()).isEqualTo(0.5);
    }

    @Test
    void forgetsWhatIsNotToldAnyMore() {
        add(this, telling);
        told.add(open("a", 1));
        shown.refresh();
        told.clear();
        shown.refresh();
        assertThat(registry.getMeters()).isEmpty();
        told.add(open("b", 1));
        shown.refresh();
        shown.remove(this);
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void showsTheOthersWhereOneThrows() {
        add(this, new Wrapper() {
            @Override
            public List<Reading> readings() {
                throw new IllegalStateException("of a wrapper");
            }
        });
        add(this, telling);
        told.add(open("a", 1));
        shown.refresh();
        assertThat(registry.getMeters()).hasSize(1);
    }

    @Test
    void showsNoMoreThanAThousand() {
        add(this, telling);
        for (int i = 0; i < 5_000; i++) {
            told.add(open("made-up-" + i, 1));
        }
        shown.refresh();
        assertThat(registry.getMeters()).hasSize(1_000);
    }
}
