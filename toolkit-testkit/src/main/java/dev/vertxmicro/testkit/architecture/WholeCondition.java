package dev.vertxmicro.testkit.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Says what is wrong with all classes together, where no class is wrong by itself. */
final class WholeCondition extends ArchCondition<JavaClass> {
    private final List<JavaClass> met = new ArrayList<>();
    private final Function<List<JavaClass>, Stream<String>> problems;

    WholeCondition(String description, Function<List<JavaClass>, Stream<String>> problems) {
        super(description);
        this.problems = problems;
    }

    @Override
    public void init(Collection<JavaClass> all) {
        met.clear();
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        met.add(type);
    }

    @Override
    public void finish(ConditionEvents events) {
        problems.apply(List.copyOf(met))
                .sorted()
                .forEach(problem -> events.add(SimpleConditionEvent.violated(problem, problem)));
    }
}
