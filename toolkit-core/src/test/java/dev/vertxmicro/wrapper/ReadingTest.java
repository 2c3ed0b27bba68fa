package dev.vertxmicro.wrapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadingTest {
    private static final Reading OPEN = new Reading("breaker.open", Map.of("name", "greeter"), 1);

    @Test
    void refusesWhatIsNoName() {
        for (String name : List.of("", "Breaker", "breaker-open", ".open", "breaker.", "breaker..open", "1breaker")) {
            assertThatThrownBy(() -> new Reading(name, Map.of(), 0))
                    .hasMessage("name: \"" + name + "\" (expected: such as breaker.open)");
        }
    }

    @Test
    void areThoseOfTheWrapperThatIsPutAroundLess() {
        Wrapper telling = new Wrapper() {
            @Override
            public List<Reading> readings() {
                return List.of(OPEN);
            }
        };
        WrapperScope scope = new WrapperScope(true, false, List.of("greeter"), List.of(), List.of());
        assertThat(scope.of(telling).readings()).containsExactly(OPEN);
        assertThat(new Wrapper() {}.readings()).isEmpty();
    }
}
