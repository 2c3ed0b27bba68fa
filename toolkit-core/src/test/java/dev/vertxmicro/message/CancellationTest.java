package dev.vertxmicro.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.vertxmicro.error.MicroException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CancellationTest {
    private final MicroException why = MicroException.timeout("a", "b");

    private final Cancellation cancellation = new Cancellation();
    private final List<String> ran = new ArrayList<>();

    @Test
    void runsItsActionsOnceInOrder() {
        cancellation.onCancel(() -> ran.add("one"));
        cancellation.onCancel(() -> ran.add("two"));
        cancellation.onCancel(() -> ran.add("three"));
        assertThat(cancellation.isCancelled()).isFalse();
        cancellation.cancel(why);
        cancellation.cancel(MicroException.internal("other", "reason"));
        assertThat(ran).containsExactly("one", "two", "three");
        assertThat(cancellation.cause()).isSameAs(why);
        assertThat(cancellation.isCancelled()).isTrue();
    }

    @Test
    void runsALateActionAtOnce() {
        cancellation.cancel(why);
        cancellation.onCancel(() -> ran.add("late")).run();
        assertThat(ran).containsExactly("late");
    }

    @Test
    void forgetsWhatIsTakenBack() {
        Runnable one = cancellation.onCancel(() -> ran.add("one"));
        cancellation.onCancel(() -> ran.add("two"));
        Runnable three = cancellation.onCancel(() -> ran.add("three"));
        three.run();
        one.run();
        one.run();
        cancellation.cancel(why);
        one.run();
        assertThat(ran).containsExactly("two");
    }

    @Test
    void takesBackEachOfTwoRegistrationsByItself() {
        Runnable action = () -> ran.add("same");
        Runnable first = cancellation.onCancel(action);
        cancellation.onCancel(action);
        first.run();
        first.run();
        cancellation.cancel(why);
        assertThat(ran).containsExactly("same");
    }

    @Test
    void mayBeAddedToWhileItHappens() {
        cancellation.onCancel(() -> cancellation.onCancel(() -> ran.add("nested")));
        cancellation.cancel(why);
        assertThat(ran).containsExactly("nested");
    }

    @Test
    void neverHappensIfItIsNever() {
        assertThatIllegalStateException().isThrownBy(() -> Cancellation.NEVER.cancel(why));
        Cancellation.NEVER.onCancel(() -> ran.add("never")).run();
        assertThat(Cancellation.NEVER.isCancelled()).isFalse();
        assertThat(ran).isEmpty();
        assertThatIllegalStateException().isThrownBy(Cancellation.NEVER::cause);
    }

    @Test
    void runsEveryActionAlthoughOneThrows() {
        cancellation.onCancel(() -> {
            throw new NoClassDefFoundError("an action");
        });
        cancellation.onCancel(() -> ran.add("the other"));
        cancellation.cancel(why);
        cancellation.onCancel(() -> {
            throw new IllegalStateException("a late action");
        });
        assertThat(ran).containsExactly("the other");
    }
}
