package dev.vertxmicro.testkit.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Asks an implementation for a subclass of its contract suite that uses it. */
final class SuiteCondition extends ArchCondition<JavaClass> {
    private final String suite;

    SuiteCondition(String suite) {
        super("be held to " + suite);
        this.suite = suite;
    }

    @Override
    public void check(JavaClass implementation, ConditionEvents events) {
        boolean held = implementation.getDirectDependenciesToSelf().stream()
                .map(Dependency::getOriginClass)
                .anyMatch(this::runsSuite);
        if (!held) {
            events.add(SimpleConditionEvent.violated(
                    implementation, "no subclass of " + suite + " uses " + implementation.getName()));
        }
    }

    /** A suite's nested or anonymous class speaks for the suite it stands in. */
    private boolean runsSuite(JavaClass origin) {
        return (!origin.getName().equals(suite) && origin.isAssignableTo(suite))
                || origin.getEnclosingClass().map(this::runsSuite).orElse(false);
    }
}
