package dev.vertxmicro.wrapper.resilience.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.wrapper.resilience.limit.TokenBucket.Pace;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void givesWhatIsSavedAndThenAtAnEvenPace() {
        TokenBucket bucket = new TokenBucket(Pace.of(10, SECOND, 2), 0);
        assertThat(bucket.take(0, 0)).isZero();
        assertThat(bucket.take(0, 0)).isZero();
        assertThat(bucket.take(0, 0)).isEqualTo(-100_000_000);
        assertThat(bucket.take(99_999_999, 0)).isEqualTo(-1);
        assertThat(bucket.take(100_000_000, 0)).isZero();
        assertThat(bucket.full(100_000_000)).isFalse();
        assertThat(bucket.full(1_000_000_000)).isTrue();
    }

    @Test
    void givesOneThatIsYetToComeWhereThatIsWorthWaiting() {
        TokenBucket bucket = new TokenBucket(Pace.of(10, SECOND, 1), 0);
        bucket.take(0, 0);
        assertThat(bucket.take(0, 150_000_000)).isEqualTo(100_000_000);
        assertThat(bucket.take(0, 150_000_000)).isEqualTo(-200_000_000);
        assertThat(bucket.take(100_000_000, 0)).as("that one is taken").isEqualTo(-100_000_000);
    }

    @Test
    void goesOnWhereTheClockTurnsOver() {
        long late = Long.MAX_VALUE - 10;
        TokenBucket bucket = new TokenBucket(Pace.of(1, SECOND, 1), late);
        assertThat(bucket.take(late, 0)).isZero();
        assertThat(bucket.take(late + 20, 0)).isEqualTo(-999_999_980);
        assertThat(bucket.take(late + 1_000_000_000, 0)).isZero();
    }

    @Test
    void knowsTheLargestNumbers() {
        TokenBucket rare = new TokenBucket(Pace.of(1, Duration.ofDays(1), 1_000_000), 0);
        TokenBucket often = new TokenBucket(Pace.of(1_000_000, Duration.ofMillis(1), 1_000_000), 0);
        for (int i = 0; i < 20_000; i++) {
            assertThat(rare.take(0, 0)).isZero();
            assertThat(often.take(0, 0)).isZero();
        }
    }

    @Test
    void givesNoMoreToManyAtOnce() {
        TokenBucket bucket = new TokenBucket(Pace.of(1000, SECOND, 1000), 0);
        AtomicInteger given = new AtomicInteger();
        IntStream.range(0, 5000).parallel().forEach(i -> given.addAndGet(bucket.take(0, 0) == 0 ? 1 : 0));
        assertThat(given).hasValue(1000);
    }
}
