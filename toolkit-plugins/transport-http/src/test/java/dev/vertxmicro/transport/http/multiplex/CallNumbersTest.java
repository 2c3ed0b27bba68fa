package dev.vertxmicro.transport.http.multiplex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.transport.http.wire.FrameException;
import org.junit.jupiter.api.Test;

class CallNumbersTest {
    private final CallNumbers numbers = new CallNumbers();

    private void refuses(int id) {
        assertThatThrownBy(() -> numbers.check(id)).isInstanceOf(FrameException.class);
    }

    @Test
    void knowsNoCallBeforeTheFirst() {
        for (int id : new int[] {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            refuses(id);
        }
    }

    @Test
    void takesNoOtherThanTheNext() throws FrameException {
        numbers.take(1);
        for (int id : new int[] {0, 1, 3, -1, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> numbers.take(id))
                    .hasMessage("call " + Integer.toUnsignedString(id) + " (expected: 2)");
        }
        numbers.take(2);
        numbers.check(1);
        numbers.check(2);
        refuses(3);
        refuses(0);
    }

    @Test
    void goesOnAfterTheLargestNumber() throws FrameException {
        numbers.takeUpTo(Integer.MAX_VALUE);
        refuses(Integer.MIN_VALUE);
        numbers.take(Integer.MIN_VALUE);
        numbers.check(Integer.MAX_VALUE);
        numbers.takeUpTo(-1);
        refuses(0);
        assertThat(numbers.before(0)).isTrue();
        numbers.take(0);
        numbers.take(1);
        numbers.check(-1);
        numbers.check(2); // one of four thousand million calls ago
        assertThat(numbers.before(1)).isFalse();
        assertThat(numbers.before(2)).isTrue();
    }
}
