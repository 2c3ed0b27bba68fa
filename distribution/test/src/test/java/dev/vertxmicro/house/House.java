package dev.vertxmicro.house;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import dev.vertxmicro.testkit.architecture.Modules;
import java.nio.file.Path;

/** All modules, as they were built; read once for all tests of a JVM. */
final class House {
    static final String ROOT = "dev.vertxmicro";
    static final Path TOP = Path.of(System.getProperty("reactor", "../.."));
    static final Modules MODULES = Modules.builtIn(TOP, ROOT);

    private House() {}

    /** Main and test classes, but those that break rules in order to show that. */
    static JavaClasses all() {
        return MODULES.all()
                .that(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage(ROOT + ".fixture.."))
                        .as("are no fixtures"));
    }

    /** Without what protoc and JMH made. */
    static JavaClasses main() {
        return MODULES.main()
                .that(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(
                                ROOT + ".interop.peer", ROOT + ".registry.etcd.rpc", "..jmh_generated"))
                        .as("are not generated"));
    }
}
