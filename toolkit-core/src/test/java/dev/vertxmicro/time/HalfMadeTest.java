package dev.vertxmicro.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HalfMadeTest {
    private final List<String> ended = new ArrayList<>();

    private Future<Void> end(String part) {
        ended.add(part);
        return Future.succeededFuture();
    }

    @Test
    void endsThePartsTheLastFirstWhereTheRestFails() {
        assertThatThrownBy(() -> HalfMade.whole(made -> {
                    made.with("one", this::end);
                    made.with("two", this::end);
                    throw new NoSuchMethodError("three");
                }))
                .isInstanceOf(NoSuchMethodError.class);
        assertThat(ended).containsExactly("two", "one");
    }

    @Test
    void whoCanWaitIsToldWhenNothingIsLeft() {
        Promise<Void> slow = Promise.promise();
        Future<String> whole = HalfMade.future(made -> {
            made.with("slow", part -> slow.future());
            throw new IllegalStateException("no");
        });
        assertThat(whole.isComplete()).isFalse();
        slow.complete();
        assertThat(whole.cause()).hasMessage("no");
        assertThat(HalfMade.future(made -> "whole").result()).isEqualTo("whole");
    }

    @Test
    void endsNothingOfAWhole() {
        String whole = HalfMade.whole(made -> made.with("one", this::end) + made.with("two", this::end));
        assertThat(whole).isEqualTo("onetwo");
        assertThat(ended).isEmpty();
    }

    @Test
    void onePartAfterTheOtherWhateverBecomesOfIt() {
        Promise<Void> slow = Promise.promise();
        assertThatThrownBy(() -> HalfMade.whole(made -> {
                    made.with("one", this::end);
                    made.with("null", part -> null);
                    made.with("throws", part -> {
                        throw new StackOverflowError();
                    });
                    made.with("slow", part -> slow.future());
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(ended).isEmpty();
        slow.fail("cannot be closed");
        assertThat(ended).containsExactly("one");
    }
}
