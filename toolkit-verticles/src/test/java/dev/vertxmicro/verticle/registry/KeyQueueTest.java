package dev.vertxmicro.verticle.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.testkit.recording.Await;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyQueueTest {
    private final KeyQueue queue = new KeyQueue();
    private final List<String> begun = new ArrayList<>();

    private Future<Void> begin(String key, String name, Promise<Void> end) {
        return queue.run(key, () -> {
            begun.add(name);
            return end.future();
        });
    }

    @Test
    void doesTheSameKeyInTurnAndOthersAtOnce() {
        Promise<Void> first = Promise.promise();
        Promise<Void> second = Promise.promise();
        begin("a", "a1", first);
        Future<Void> after = begin("a", "a2", second);
        begin("b", "b1", Promise.promise());
        assertThat(begun).containsExactly("a1", "b1");
        first.fail("refused");
        assertThat(begun).containsExactly("a1", "b1", "a2");
        second.complete();
        assertThat(after.succeeded()).isTrue();
        begin("a", "a3", Promise.promise());
        assertThat(begun).endsWith("a3");
    }

    @Test
    void refusesWhatWouldWaitForTooMany() {
        Promise<Void> never = Promise.promise();
        for (int i = 0; i < 64; i++) {
            assertThat(begin("a", "a" + i, never).isComplete()).isFalse();
        }
        assertThat(Await.failure(begin("a", "a64", never)).code()).isEqualTo(503);
        assertThat(begin("b", "b", Promise.promise()).isComplete()).isFalse();
        assertThat(begun).containsExactly("a0", "b");
    }
}
