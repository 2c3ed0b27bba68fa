package dev.vertxmicro.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final List<String> taken = new ArrayList<>();

    @Test
    void oneInsideAnotherWaitsForItsEnd() {
        Turns.take(() -> {
            Turns.take(() -> taken.add("second"));
            taken.add("first");
        });
        assertThat(taken).containsExactly("first", "second");
    }

    @Test
    void aMillionAreNoDeeperThanOne() {
        AtomicInteger left = new AtomicInteger(1_000_000);
        Turns.take(new Runnable() {
            @Override
            public void run() {
                if (left.decrementAndGet() > 0) {
                    Turns.take(this);
                }
            }
        });
        assertThat(left).hasValue(0);
    }

    @Test
    void whatThrowsKeepsNoOtherFromItsTurn() {
        assertThatThrownBy(() -> Turns.take(() -> {
                    Turns.take(() -> taken.add("second"));
                    throw new IllegalStateException("first");
                }))
                .hasMessage("first");
        assertThat(taken).containsExactly("second");
        Turns.take(() -> taken.add("another"));
        assertThat(taken).containsExactly("second", "another");
    }

    @Test
    void anErrorReachesWhoTookTheFirst() {
        assertThatThrownBy(() -> Turns.take(() -> {
                    throw new StackOverflowError("deep");
                }))
                .isInstanceOf(StackOverflowError.class);
    }
}
