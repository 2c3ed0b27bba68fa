package dev.vertxmicro.testkit.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.function.Predicate;

/** One slice for each of some modules. */
record ModuleSlices(Modules modules, String description, Predicate<Module> meant) implements SliceAssignment {
    @Override
    public String getDescription() {
        return description;
    }

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
        return modules.of(javaClass)
                .filter(meant)
                .map(module -> SliceIdentifier.of(module.name()))
                .orElseGet(SliceIdentifier::ignore);
    }
}
