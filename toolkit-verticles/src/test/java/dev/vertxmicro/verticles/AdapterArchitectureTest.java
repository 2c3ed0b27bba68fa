package dev.vertxmicro.verticles;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.vertxmicro.testkit.architecture.Architecture;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdapterArchitectureTest {
    private static final Architecture ARCHITECTURE = Architecture.of("dev.vertxmicro");
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(location -> location.contains("toolkit-verticles"))
            .importPackages("dev.vertxmicro");

    /** Who logs as often as it is called, and why no peer can make it. */
    private static final Map<String, String> REVIEWED = Map.ofEntries(
            Map.entry("dev.vertxmicro.broker.http.HttpDialer.secured", "once a broker"),
            Map.entry("dev.vertxmicro.health.HealthEndpoint.start", "once a start"),
            Map.entry("dev.vertxmicro.launcher.RunVerticleCommand.failed", "ends the process"),
            Map.entry("dev.vertxmicro.registry.mdns.MdnsSockets.checkInterfaces", "when this host's interfaces change"),
            Map.entry("dev.vertxmicro.transport.http.HttpTransport.<init>", "once a transport"),
            Map.entry("dev.vertxmicro.verticle.Deployment.started", "once a start"),
            Map.entry("dev.vertxmicro.verticle.SharedRegistry.deregister", "once a stop"),
            Map.entry("dev.vertxmicro.verticle.broker.BusDesk.begin", "once a start"),
            Map.entry("dev.vertxmicro.verticle.registry.RegistryHost.start", "once a start"));

    @Test
    void findsMainAndTests() {
        assertThat(CLASSES.contain("dev.vertxmicro.registry.mdns.MdnsRegistry")).isTrue();
        assertThat(CLASSES.contain("dev.vertxmicro.registry.mdns.MdnsRegistryTest"))
                .isTrue();
    }

    @Test
    void adaptersIgnoreEachOther() {
        ARCHITECTURE.adaptersIgnoreEachOther().check(CLASSES);
    }

    @Test
    void whatPeersProvokeIsLoggedRarely() {
        ARCHITECTURE.linesAreRare(REVIEWED).check(CLASSES);
    }

    @Test
    void recordsPrintNoSecret() {
        ARCHITECTURE.secretsAreHidden("dev.vertxmicro.config.Secret").check(CLASSES);
    }

    @ParameterizedTest
    @CsvSource({"registry.Registry", "transport.Transport", "broker.Broker"})
    void adaptersAreHeldToTheirContract(String contract) {
        String suite = "dev.vertxmicro.testkit." + contract.substring(contract.indexOf('.') + 1) + "Contract";
        // Views of one registry and one broker for several instances: leave closing and coming back to the deployment.
        JavaClasses adapters = CLASSES.that(not(name("dev.vertxmicro.verticle.SharedRegistry"))
                .and(not(name("dev.vertxmicro.verticle.SharedBroker"))));

        ARCHITECTURE.contractSuite("dev.vertxmicro." + contract, suite).check(adapters);
    }
}
