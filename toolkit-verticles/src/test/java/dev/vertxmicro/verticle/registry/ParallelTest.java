package dev.vertxmicro.verticle.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParallelTest {
    private static List<Integer> upTo(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    @Test
    void doesAllWithoutGrowingTheStack() {
        int[] done = new int[1];
        Future<Void> all = Parallel.each(upTo(100_000), number -> {
            done[0]++;
            return Future.succeededFuture();
        });
        assertThat(all.succeeded()).isTrue();
        assertThat(done[0]).isEqualTo(100_000);
        assertThat(Parallel.each(List.<Integer>of(), number -> Future.failedFuture("none"))
                        .succeeded())
                .isTrue();
    }

    @Test
    void beginsAFewAtATimeAndNoneAfterAFailure() {
        List<Promise<Void>> begun = new ArrayList<>();
        Future<Void> all = Parallel.each(upTo(40), number -> {
            Promise<Void> promise = Promise.promise();
            begun.add(promise);
            return promise.future();
        });
        assertThat(begun).hasSize(32);
        begun.get(0).complete();
        assertThat(begun).hasSize(33);
        begun.get(1).fail("refused");
        for (Promise<Void> each : List.copyOf(begun)) {
            assertThat(all.isComplete()).isFalse();
            each.tryComplete();
        }
        assertThat(begun).hasSize(33);
        assertThat(all.cause()).hasMessage("refused");
    }
}
