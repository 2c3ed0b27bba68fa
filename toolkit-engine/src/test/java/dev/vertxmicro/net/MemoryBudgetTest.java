package dev.vertxmicro.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
    private static final int KIB = 1024;

    @Test
    void refusesAboveTheLimitAndTakesAgainBelowIt() {
        MemoryBudget budget = MemoryBudget.alone(800 * KIB);
        MemoryShare first = budget.share();
        MemoryShare second = budget.share();
        assertThat(first.take(600 * KIB)).isTrue();
        assertThat(second.take(200 * KIB)).isFalse();
        assertThat(budget.heldBytes()).as("nothing was taken").isEqualTo(600 * KIB);
        first.giveBack(100 * KIB);
        assertThat(second.take(200 * KIB)).isTrue();
        first.close();
        second.close();
        assertThat(budget.heldBytes()).isZero();
    }

    @Test
    void keepsRoomForSmallHoldersWhenLargeOnesHaveTheirPart() {
        MemoryBudget budget = MemoryBudget.alone(800 * KIB);
        assertThat(budget.share().take(700 * KIB)).isTrue();
        assertThat(budget.share().take(65 * KIB)).as("large").isFalse();
        assertThat(budget.share().take(64 * KIB)).as("small").isTrue();
        assertThat(budget.share().take(64 * KIB)).as("beyond all").isFalse();
        assertThat(budget.share().take(4 * KIB)).as("next to nothing").isTrue();
    }

    @Test
    void countsTheFirstBytesToo_OnceAHolderIsNoLongerTiny() {
        MemoryBudget budget = MemoryBudget.alone(800 * KIB);
        MemoryShare share = budget.share();
        assertThat(share.take(4 * KIB)).isTrue();
        assertThat(budget.heldBytes()).isZero();
        assertThat(share.take(1)).isTrue();
        assertThat(budget.heldBytes()).isEqualTo(4 * KIB + 1);
        share.giveBack(1);
        assertThat(budget.heldBytes()).isZero();
        assertThat(share.heldBytes()).isEqualTo(4 * KIB);
    }

    @Test
    void givesBackNoMoreThanItHas() {
        MemoryBudget budget = MemoryBudget.alone(800 * KIB);
        MemoryShare share = budget.share();
        assertThat(share.take(5 * KIB)).isTrue();
        share.giveBack(100 * KIB);
        share.close();
        share.close();
        assertThat(budget.heldBytes()).isZero();
        assertThat(share.take(1)).as("closed").isFalse();
    }

    @Test
    void countsAllThatIsInOneVertxTogetherEachWithItsOwnLimit() throws Exception {
        Vertx vertx = Vertx.vertx();
        Vertx other = Vertx.vertx();
        try {
            assertThat(MemoryBudget.of(vertx, 800 * KIB).share().take(500 * KIB))
                    .isTrue();
            assertThat(MemoryBudget.of(vertx, 800 * KIB).share().take(300 * KIB))
                    .isFalse();
            assertThat(MemoryBudget.of(vertx, 1600 * KIB).share().take(300 * KIB))
                    .isTrue();
            assertThat(MemoryBudget.of(other, 800 * KIB).share().take(500 * KIB))
                    .isTrue();
        } finally {
            vertx.close().await(10, TimeUnit.SECONDS);
            other.close().await(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void holdsNothingAfterManyThreadsTookAndGaveBack() throws Exception {
        MemoryBudget budget = MemoryBudget.alone(10_000 * KIB);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int seed = 0; seed < 8; seed++) {
                Random random = new Random(seed);
                tasks.add(() -> takesAndGivesBack(budget, random));
            }
            for (Future<Boolean> within : threads.invokeAll(tasks)) {
                assertThat(within.get())
                        .as("never above the limit by more than what is being tried")
                        .isTrue();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(budget.heldBytes()).isZero();
    }

    private static boolean takesAndGivesBack(MemoryBudget budget, Random random) {
        boolean within = true;
        for (int i = 0; i < 20_000; i++) {
            try (MemoryShare share = budget.share()) {
                while (random.nextInt(4) != 0 && share.take(random.nextInt(4000 * KIB))) {
                    within &= budget.heldBytes() <= 10_000 * KIB + 4 * 4000L * KIB;
                    share.giveBack(random.nextInt(100 * KIB));
                }
            }
        }
        return within;
    }
}
