package dev.vertxmicro.wrapper.metrics.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SeriesTableTest {
    private static final int MOST = 100;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SeriesFactory factory = new SeriesFactory(
            new Meters(registry), Tags.empty(), new CodeLabels(List.of()), List.of(Duration.ofMillis(10)));

    @Test
    void givesOneAndTheSameForAName() {
        SeriesTable table = new SeriesTable(MOST, factory::called);
        assertThat(table.of("s", "A.B")).isSameAs(table.of("s", "A.B")).isNotSameAs(table.of("t", "A.B"));
    }

    @Test
    void makesNothingForANameThatIsOnlyAskedFor() {
        SeriesTable table = new SeriesTable(MOST, factory::called);
        EndpointSeries other = table.known("s", "A.B");
        assertThat(table.known("s", "A.C")).isSameAs(other);
        assertThat(table.of("s", "A.B")).isNotSameAs(other).isSameAs(table.known("s", "A.B"));
    }

    @Test
    void staysBoundedWhateverNamesComeFromWhateverThreads() throws InterruptedException {
        SeriesTable table = new SeriesTable(MOST, factory::called);
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int first = t * 10_000;
            Thread thread = new Thread(() -> {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    return;
                }
                for (int i = first; i < first + 20_000; i++) {
                    EndpointSeries series = table.of("service" + i % 50, "Made.Up" + i);
                    series.succeeded(series.begin());
                }
            });
            threads.add(thread);
            thread.start();
        }
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(registry.find("rpc.client.duration").timers()).hasSize(MOST + 1);
        assertThat(registry.find("rpc.client.duration").timers().stream()
                        .mapToLong(timer -> timer.count())
                        .sum())
                .isEqualTo(80_000);
        assertThat(registry.find("rpc.client.active_requests").gauges())
                .hasSize(MOST + 1)
                .allMatch(gauge -> gauge.value() == 0);
    }

    @Test
    void measuresNothingWhereTheLibraryRefuses() {
        SeriesTable table = new SeriesTable(MOST, (service, name) -> {
            throw new IllegalArgumentException("of a library");
        });
        EndpointSeries series = table.of("s", "A.B");
        series.failed(series.begin(), new IllegalStateException());
        series.repeated();
        assertThat(registry.getMeters()).isEmpty();
    }
}
