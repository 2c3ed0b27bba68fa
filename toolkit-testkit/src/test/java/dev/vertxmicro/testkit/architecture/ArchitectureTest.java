package dev.vertxmicro.testkit.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Each rule catches the one slip its fixture makes, and nothing else in it. */
class ArchitectureTest {
    private static final String FIXTURES = "dev.vertxmicro.fixture.";

    @Test
    void catchesLowerLayerUsingUpper() {
        assertThat(violations("layers", Architecture::layers))
                .singleElement()
                .asString()
                .contains("layers.codec.Codec.transport()", "layers.transport.Transport");
    }

    @Test
    void catchesConceptWithoutLayer() {
        assertThat(violations("place", Architecture::everyConceptHasItsLayer))
                .singleElement()
                .asString()
                .contains("place.misc.Thing");
    }

    @Test
    void catchesPackagesThatNeedEachOther() {
        assertThat(violations("cycles", rules -> rules.noCycles(Map.of())))
                .singleElement()
                .asString()
                .contains("Slice error", "Slice message");
    }

    @Test
    void letsAContractMakeWhatStandsInItsRoom() {
        String broker = FIXTURES + "factories.broker.";
        Map<String, String> factories = Map.of(broker + "Broker.inMemory", broker + "local");

        assertThat(violations("factories", rules -> rules.noCycles(Map.of()))).hasSize(1);
        assertThat(violations("factories", rules -> rules.noCycles(factories))).isEmpty();
        assertThat(violations("factories", rules -> rules.factoriesAreListed(factories)))
                .singleElement()
                .asString()
                .contains("broker.Broker.isMemory()", "(expected: in a static factory of the list)");
        assertThat(violations(
                        "factories",
                        rules -> rules.factoriesAreListed(
                                Map.of(broker + "local.MemoryBroker.create", broker + "none"))))
                .containsExactly(
                        broker + "local.MemoryBroker.create is listed but reaches nothing in " + broker + "none");
    }

    @Test
    void catchesAPackageThatUsesOneAboveIt() {
        Set<String> http = Set.of("http");

        assertThat(violations(
                        "modules", rules -> rules.layers(Map.of("mdns", http, "http", Set.of(), "http.call", http))))
                .singleElement()
                .asString()
                .contains("http.HttpTransport.call()", "http.call.HttpCall");
    }

    @Test
    void catchesEngineInCore() {
        assertThat(violations("engine", Architecture::engineFree))
                .singleElement()
                .asString()
                .contains("engine.client.Engine.vertx()", "io.vertx.core.Vertx");
    }

    @Test
    void catchesAdapterUsingAnother() {
        assertThat(violations("adapters", Architecture::adaptersIgnoreEachOther))
                .singleElement()
                .asString()
                .contains("registry.mdns.MdnsRegistry", "transport.http.HttpTransport");
    }

    @Test
    void catchesAdapterWithoutItsSuite() {
        String registry = FIXTURES + "suites.registry.Registry";
        assertThat(violations("suites", rules -> rules.contractSuite(registry, registry + "Contract")))
                .singleElement()
                .asString()
                .contains("registry.loose.LooseRegistry");
    }

    @Test
    void catchesALineThatMayFloodTheLog() {
        String noisy = FIXTURES + "lines.Noisy.";
        assertThat(violations("lines", rules -> rules.linesAreRare(Map.of(noisy + "<init>", "once"))))
                .singleElement()
                .asString()
                .contains("lines.Noisy.refuse");
        assertThat(violations(
                        "lines",
                        rules -> rules.linesAreRare(
                                Map.of(noisy + "<init>", "once", noisy + "refuse", "", noisy + "gone", ""))))
                .containsExactly(noisy + "gone is reviewed but logs nothing");
    }

    @Test
    void catchesARecordThatPrintsItsPassword() {
        assertThat(violations("secrets", rules -> rules.secretsAreHidden("dev.vertxmicro.config.Secret")))
                .singleElement()
                .asString()
                .contains("secrets.Login.password");
    }

    @Test
    void sparesFakesOfTests() {
        String registry = FIXTURES + "suites.registry.Registry";
        ArchRule rule = Architecture.of(FIXTURES + "suites").contractSuite(registry, registry + "Contract");

        rule.check(new ClassFileImporter().importPackages(FIXTURES + "suites"));
    }

    private static List<String> violations(String fixture, Function<Architecture, ArchRule> rule) {
        Architecture rules = new Architecture(FIXTURES + fixture, DescribedPredicate.alwaysTrue());
        return rule.apply(rules)
                .evaluate(new ClassFileImporter().importPackages(FIXTURES + fixture))
                .getFailureReport()
                .getDetails();
    }
}
