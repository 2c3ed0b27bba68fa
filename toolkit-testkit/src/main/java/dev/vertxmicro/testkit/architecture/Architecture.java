package dev.vertxmicro.testkit.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.INTERFACES;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;

/**
 * Makes the rules about which part of a toolkit may know which other part.
 *
 * <p>The rules work on package and class names, so they need none of the classes they speak about. A rule finds nothing
 * wrong with what is not there. Rules are immutable and may be shared between threads.
 */
public final class Architecture {
    /** What toolkit-core may use of {@code io.vertx.core}, beside buffers, JSON and streams. */
    private static final Set<String> ASYNC = Set.of(
            "io.vertx.core.AsyncResult", "io.vertx.core.Future", "io.vertx.core.Handler", "io.vertx.core.Promise");

    private final String root;
    private final DescribedPredicate<JavaClass> production;

    Architecture(String root, DescribedPredicate<JavaClass> production) {
        this.root = root;
        this.production = production;
    }

    /**
     * Makes the rules for the packages below a root.
     *
     * @param root the package under which the concepts live, such as {@code dev.vertxmicro}
     * @return the rules
     */
    public static Architecture of(String root) {
        return new Architecture(root, describe("are not of tests", type -> type.getSource()
                .map(source -> !source.getUri().toString().contains("/test-classes/"))
                .orElse(true)));
    }

    /**
     * Holds the direction of toolkit-core: error, message, time ← codec ← transport, broker; registry ← selector; client
     * and server on these; wrapper on both; service on all.
     *
     * @return the rule
     */
    public ArchRule layers() {
        return Layers.rule(root);
    }

    /**
     * Asks that each class of toolkit-core stands in a package the direction speaks about, so that a new concept is given
     * its place.
     *
     * @return the rule
     */
    public ArchRule everyConceptHasItsLayer() {
        return classes()
                .that(resideInAPackage(root + ".."))
                .and(not(describe(
                        "are package-info", type -> type.getSimpleName().equals("package-info"))))
                .should()
                .resideInAnyPackage(Layers.packages(root))
                .allowEmptyShould(true);
    }

    /**
     * Holds a direction among packages.
     *
     * @param uses for each package, {@code verticle} or with all below it {@code verticle.broker..}, those of the others that it
     *     may use
     * @return the rule
     */
    public ArchRule layers(Map<String, Set<String>> uses) {
        return Layers.rule(uses, layer -> root + "." + layer);
    }

    /**
     * Forbids that two packages need each other, at whatever distance, but for contracts of toolkit-core that make what stands in a
     * room of their own.
     *
     * @return the rule
     */
    public ArchRule noCycles() {
        return noCycles(CoreFactories.ALL);
    }

    /** Each factory, {@code class.method}, comes with the package of its room, which may stand on the contract. */
    ArchRule noCycles(Map<String, String> factories) {
        return new FactoryEdges(factories)
                .without(slices().matching(root + ".(**)").should().beFreeOfCycles())
                .allowEmptyShould(true);
    }

    /**
     * Asks that contracts of toolkit-core reach their rooms in the static methods of a list only, and that each of these does.
     *
     * @return the rule, for one check
     */
    public ArchRule factoriesAreListed() {
        return factoriesAreListed(CoreFactories.ALL);
    }

    ArchRule factoriesAreListed(Map<String, String> factories) {
        return new FactoryEdges(factories).areAll();
    }

    /**
     * Keeps an engine out of toolkit-core: of {@code io.vertx} only futures, buffers, JSON and streams, of Netty nothing.
     *
     * @return the rule
     */
    public ArchRule engineFree() {
        DescribedPredicate<JavaClass> engine = resideInAnyPackage("io.vertx..", "io.netty..")
                .and(not(resideInAnyPackage(
                        "io.vertx.core.buffer..", "io.vertx.core.json..", "io.vertx.core.streams..")))
                .and(not(describe(
                        "are futures",
                        type -> ASYNC.contains(type.getBaseComponentType().getName()))))
                .as("are of an engine");
        return noClasses()
                .that(resideInAPackage(root + ".."))
                .should()
                .dependOnClassesThat(engine)
                .allowEmptyShould(true);
    }

    /**
     * Keeps adapters apart: {@code registry.mdns} knows nothing of {@code transport.http}, nor of {@code registry.consul}.
     *
     * @return the rule
     */
    public ArchRule adaptersIgnoreEachOther() {
        return slices().assignedFrom(new AdapterSlices(root))
                .should()
                .notDependOnEachOther()
                .allowEmptyShould(true);
    }

    /**
     * Asks that whatever a peer can provoke is logged by a {@code RareWarning}: a method that logs at INFO or above itself, or by
     * another logger, is one that was reviewed.
     *
     * @param reviewed methods that may, {@code class.method}, and why no peer can make them log at will; each of them must still log
     * @return the rule, for one check
     */
    public ArchRule linesAreRare(Map<String, String> reviewed) {
        return classes()
                .that(resideInAPackage(root + ".."))
                .and(production)
                .and(not(resideInAPackage(root + ".testkit..")))
                .should(new RareLines(reviewed))
                .allowEmptyShould(true);
    }

    /**
     * Forbids records that print a secret: a component that is named like one is of a type that hides it.
     *
     * @param hiding the name of that type
     * @return the rule
     */
    public ArchRule secretsAreHidden(String hiding) {
        return fields().that()
                .areDeclaredInClassesThat(resideInAPackage(root + ".."))
                .and()
                .areDeclaredInClassesThat(
                        describe("are records", JavaClass::isRecord).and(production))
                .and()
                .areNotStatic()
                .and()
                .haveNameMatching("(?i).*(password|passphrase|token|secret|credential|privatekey)(?!File$).*")
                .should()
                .haveRawType(hiding)
                .allowEmptyShould(true);
    }

    /**
     * Asks that each implementation of a contract outside toolkit-core is run through the contract's suite: a subclass of
     * the suite, or a class within it, uses the implementation. The classes checked must contain main and test classes.
     *
     * @param contract the name of the contract interface
     * @param suite the name of the abstract suite
     * @return the rule
     */
    public ArchRule contractSuite(String contract, String suite) {
        return classes()
                .that(assignableTo(contract))
                .and(not(INTERFACES))
                .and(not(modifier(JavaModifier.ABSTRACT)))
                .and(describe("have a name", type -> !type.isAnonymousClass()))
                .and(not(Layers.concepts(root)))
                .and(not(resideInAPackage(root + ".testkit..")))
                .and(production)
                .should(new SuiteCondition(suite))
                .allowEmptyShould(true);
    }
}
