package dev.vertxmicro.server.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PeerLoadsTest {

    private static Load load(PeerLoads loads, String remote) {
        return Objects.requireNonNull(loads.of(remote));
    }

    @Test
    void tellsPeersApartByHost() {
        PeerLoads loads = new PeerLoads(1);
        assertThat(loads.of("10.0.0.1:1")).isSameAs(loads.of("10.0.0.1:2")).isNotSameAs(loads.of("10.0.0.2:1"));
        assertThat(loads.of("[fe80:0:0:0:0:0:0:1%eth0]:1")).isSameAs(loads.of("[fe80:0:0:0:0:0:0:1%eth0]:2"));
        assertThat(loads.of("")).isNull();
        assertThat(loads.of(":1")).isNull();
    }

    @Test
    void remembersAboutAsManyPeersAsThereAre() {
        PeerLoads loads = new PeerLoads(1);
        Load busy = load(loads, "busy:1");
        assertThat(busy.tryEnter()).isEqualTo(Load.Entry.ENTERED);
        for (int i = 0; i < 100_000; i++) {
            Load load = load(loads, "host" + i + ":1");
            assertThat(load.tryEnter()).isEqualTo(Load.Entry.ENTERED);
            load.leave(false);
        }
        assertThat(loads.size()).isLessThanOrEqualTo(1025);
        assertThat(load(loads, "busy:2")).isSameAs(busy);
        assertThat(busy.tryEnter()).isEqualTo(Load.Entry.FULL);
    }

    @Test
    void neverLetsMoreInThanTheLimitNorForgetsOneWhoIsInside() throws Exception {
        PeerLoads loads = new PeerLoads(3);
        AtomicInteger[] inside = {new AtomicInteger(), new AtomicInteger(), new AtomicInteger()};
        AtomicInteger most = new AtomicInteger();
        int threads = 4;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CountDownLatch done = new CountDownLatch(threads);
        for (int t = 0; t < threads; t++) {
            SplittableRandom random = new SplittableRandom(t);
            pool.execute(() -> {
                for (int i = 0; i < 50_000; i++) {
                    int host = random.nextInt(inside.length);
                    Load load = load(loads, host + ":1");
                    if (load.tryEnter() == Load.Entry.ENTERED) {
                        most.accumulateAndGet(inside[host].incrementAndGet(), Math::max);
                        load(loads, "other" + random.nextInt(5000) + ":1");
                        inside[host].decrementAndGet();
                        load.leave(false);
                    }
                }
                done.countDown();
            });
        }
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        pool.shutdown();
        assertThat(most.get()).isLessThanOrEqualTo(3);
        for (int host = 0; host < inside.length; host++) {
            assertThat(load(loads, host + ":1").isEmpty()).isTrue();
        }
    }

    @Test
    void countsHandlersThatRunOnBesideCalls() {
        Load load = new Load(2);
        for (int i = 0; i < 4; i++) {
            assertThat(load.tryEnter()).isEqualTo(Load.Entry.ENTERED);
            load.abandon();
        }
        assertThat(load.tryEnter()).isEqualTo(Load.Entry.TOO_MANY_ABANDONED);
        load.leave(true);
        assertThat(load.tryEnter()).isEqualTo(Load.Entry.ENTERED);
        assertThat(load.retire()).isFalse();
    }
}
