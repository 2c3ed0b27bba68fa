package dev.vertxmicro.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThreadScopeTest {
    private final List<String> seen = new ArrayList<>();

    private ThreadScope scope(String name) {
        return () -> {
            seen.add("+" + name);
            return () -> seen.add("-" + name);
        };
    }

    @Test
    void aContextWithoutOneEntersNothing() {
        CallContext context = CallContext.create();
        assertThat(ThreadScope.isIn(context)).isFalse();
        assertThat(ThreadScope.enter(context)).isSameAs(ThreadScope.Exit.NOTHING);
    }

    @Test
    void theOneThatWasThereIsOutside() {
        CallContext context = ThreadScope.within(ThreadScope.within(CallContext.create(), scope("a")), scope("b"));
        assertThat(ThreadScope.isIn(context)).isTrue();
        ThreadScope.enter(context).leave();
        assertThat(seen).containsExactly("+a", "+b", "-b", "-a");
    }

    @Test
    void oneThatFailsHarmsNobody() {
        CallContext context = ThreadScope.within(
                ThreadScope.within(ThreadScope.within(CallContext.create(), scope("a")), () -> {
                    throw new IllegalStateException("not entered");
                }),
                () -> () -> {
                    throw new IllegalStateException("not left");
                });
        ThreadScope.enter(context).leave();
        assertThat(seen).containsExactly("+a", "-a");
    }
}
