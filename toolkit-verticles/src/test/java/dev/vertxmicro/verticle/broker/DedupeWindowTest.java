package dev.vertxmicro.verticle.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DedupeWindowTest {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final ManualTimers timers = Timers.manual();
    private final List<String> published = new ArrayList<>();

    private Future<Void> publish(DedupeWindow window, String id) {
        return window.once("t", id, () -> {
            published.add(id);
            return Future.succeededFuture();
        });
    }

    @Test
    void publishesOnceWithinTheWindow() {
        DedupeWindow window = new DedupeWindow(timers, WINDOW, 10);
        publish(window, "a");
        timers.advance(WINDOW.minusNanos(1));
        assertThat(publish(window, "a").succeeded()).isTrue();
        assertThat(published).containsExactly("a");
        timers.advance(Duration.ofNanos(1));
        publish(window, "a");
        assertThat(published).containsExactly("a", "a");
    }

    @Test
    void twoOfTheSameIdAtATimeHaveOneOutcome() {
        DedupeWindow window = new DedupeWindow(timers, WINDOW, 10);
        Promise<Void> first = Promise.promise();
        Future<Void> one = window.once("t", "a", first::future);
        Future<Void> two = publish(window, "a");
        first.fail("away");
        assertThat(one.failed() && two.failed()).isTrue();
        assertThat(published).isEmpty();
        publish(window, "a");
        assertThat(published).as("what failed may be tried again").containsExactly("a");
    }

    @Test
    void knowsSoManyAndNoMore() {
        DedupeWindow window = new DedupeWindow(timers, WINDOW, 3);
        for (int i = 0; i < 1000; i++) {
            publish(window, "m" + i);
        }
        assertThat(window.size()).isEqualTo(3);
        publish(window, "m999");
        assertThat(published).hasSize(1000);
        publish(window, "m0");
        assertThat(published).hasSize(1001);
    }

    @Test
    void tellsTopicsApart() {
        DedupeWindow window = new DedupeWindow(timers, WINDOW, 3);
        publish(window, "a");
        window.once("u", "a", () -> publish(window, "b"));
        assertThat(published).containsExactly("a", "b");
    }

    @Test
    void isOffWithoutAWindow() {
        DedupeWindow window = new DedupeWindow(timers, Duration.ZERO, 3);
        publish(window, "a");
        publish(window, "a");
        assertThat(published).containsExactly("a", "a");
    }
}
