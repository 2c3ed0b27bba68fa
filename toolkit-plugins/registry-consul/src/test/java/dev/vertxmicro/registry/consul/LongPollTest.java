package dev.vertxmicro.registry.consul;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.consul.FakeAgent.Said;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.RecordingWatcher;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a watch goes on when its agent misbehaves. */
class LongPollTest {
    private final Vertx vertx = Vertx.vertx();
    private final FakeAgent agent = new FakeAgent(vertx);
    private final FakeAgent other = new FakeAgent(vertx);
    private final RecordingWatcher changes = RecordingWatcher.of("greeter");
    private final ConsulRegistry registry = ConsulRegistry.create(
            vertx,
            ConsulOptions.DEFAULTS
                    .withAddresses(List.of(agent.address(), other.address()))
                    .withRequestTimeout(Duration.ofSeconds(2)));

    @AfterEach
    void stop() {
        Await.result(registry.close());
        Await.result(vertx.close());
    }

    private static Said node(long index, int port) {
        return new Said(
                200,
                index,
                "[{\"Node\":{\"Node\":\"a\"},\"Service\":{\"ID\":\"n1\",\"Service\":\"greeter\",\"Tags\":[\"v=1\"],"
                        + "\"Address\":\"h\",\"Port\":" + port + "},\"Checks\":[]}]");
    }

    private RegistryChange next(Action action) {
        RegistryChange change = changes.next();
        assertThat(change.action()).isEqualTo(action);
        return change;
    }

    @Test
    void asksForAnyStateWhenTheIndexWentBackAndKeepsWhatIsForgotten() {
        Promise<String> anew = Promise.promise();
        agent.answer(line -> {
            if (!line.contains("index=")) {
                return node(70, 1);
            } else if (line.contains("index=70")) {
                return new Said(200, 3, "[]");
            } else if (line.contains("index=0&")) {
                anew.tryComplete(line);
                return node(3, 2);
            }
            return Said.NOTHING;
        });
        Await.result(registry.watch("greeter", changes));
        assertThat(Await.result(anew.future())).contains("wait=55000ms");
        assertThat(next(Action.UPDATE).service().nodes().get(0).address()).isEqualTo("h:2");
    }

    @Test
    void goesToTheOtherAgentAfterAFailure() {
        agent.answer(line -> line.contains("index=") ? new Said(500, 0, "No cluster leader") : node(70, 1));
        other.answer(line -> line.contains("index=0&") ? node(5, 2) : Said.NOTHING);
        Await.result(registry.watch("greeter", changes));
        assertThat(next(Action.UPDATE).service().nodes().get(0).address()).isEqualTo("h:2");
    }

    @Test
    void takesWhatIsNoAnswerAsAFailure() {
        agent.answer(line -> line.contains("index=") ? new Said(200, 71, "<html>") : node(70, 1));
        other.answer(line -> line.contains("index=0&") ? node(5, 2) : Said.NOTHING);
        Await.result(registry.watch("greeter", changes));
        assertThat(next(Action.UPDATE).service().nodes().get(0).address()).isEqualTo("h:2");
    }

    /** A proxy that does not wait: it would be asked a thousand times a second. */
    @Test
    void asksEverLessOftenWhereTheSameIndexIsAnsweredAtOnce() {
        int requests = 5;
        Promise<Long> last = Promise.promise();
        AtomicInteger count = new AtomicInteger();
        agent.answer(line -> {
            if (line.contains("index=70") && count.incrementAndGet() == requests) {
                last.tryComplete(System.nanoTime());
            }
            return node(70, 1);
        });
        long start = System.nanoTime();
        Await.result(registry.watch("greeter", changes));
        Duration took = Duration.ofNanos(Await.result(last.future()) - start);
        assertThat(took).isGreaterThanOrEqualTo(Duration.ofMillis(100 + 200 + 400 + 800));
    }

    @Test
    void sharesOneWatchAboveTheLimit() {
        ConsulRegistry small = ConsulRegistry.create(
                vertx,
                ConsulOptions.DEFAULTS.withAddresses(List.of(agent.address())).withMaxWatches(1));
        agent.answer(line -> line.contains("index=")
                ? Said.NOTHING
                : line.contains("/catalog/services")
                        ? new Said(200, 1, "{\"greeter\":[]}")
                        : line.contains("/health/state") ? new Said(200, 1, "[]") : node(1, 1));
        Await.result(small.watch("a", changes));
        Await.result(small.watch("greeter", changes));
        Await.result(small.watch("c", changes));
        assertThat(agent.all().stream()
                        .filter(asked -> asked.line().contains("/catalog/services?stale"))
                        .map(FakeAgent.Asked::line))
                .hasSizeBetween(1, 2)
                .anyMatch(line -> !line.contains("index="));
        assertThat(Await.result(small.get("greeter"))).hasSize(1);
        assertThat(Await.result(small.list())).containsExactly("greeter");
        assertThat(agent.all().stream().filter(asked -> !asked.line().contains("index=")))
                .isEmpty();
        Await.result(small.close());
    }
}
