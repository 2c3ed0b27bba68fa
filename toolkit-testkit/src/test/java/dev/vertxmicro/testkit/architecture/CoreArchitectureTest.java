package dev.vertxmicro.testkit.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CoreArchitectureTest {
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(location -> location.contains("toolkit-core"))
            .importPackages("dev.vertxmicro");

    /** Who logs as often as it is called, and why no peer can make it. */
    private static final Map<String, String> REVIEWED = Map.ofEntries(
            Map.entry("dev.vertxmicro.time.RareWarning.info", "is the rare one"),
            Map.entry("dev.vertxmicro.time.RareWarning.warn", "is the rare one"),
            Map.entry("dev.vertxmicro.time.RareWarning.error", "is the rare one"),
            Map.entry("dev.vertxmicro.registry.Heartbeat.warn", "once an interval of registration, each service"),
            Map.entry("dev.vertxmicro.registry.Heartbeat.back", "after a line of warn, once"),
            Map.entry("dev.vertxmicro.registry.Heartbeat.stop", "once a stop"),
            Map.entry("dev.vertxmicro.server.events.BrokerEvents.stop", "once a stop, each subscription"),
            Map.entry("dev.vertxmicro.server.rpc.ServerStop.within", "once a stop"),
            Map.entry("dev.vertxmicro.server.rpc.ServerStop.drained", "once a stop"),
            Map.entry("dev.vertxmicro.server.rpc.ServerStop.idle", "once a stop"),
            Map.entry("dev.vertxmicro.service.WiredService.closing", "once a stop, each part"),
            Map.entry("dev.vertxmicro.time.HalfMade.end", "once a start that fails, each part"));

    static Stream<ArchRule> rules() {
        Architecture architecture = Architecture.of("dev.vertxmicro");
        return Stream.of(
                architecture.layers(),
                architecture.everyConceptHasItsLayer(),
                architecture.noCycles(),
                architecture.factoriesAreListed(),
                architecture.linesAreRare(REVIEWED),
                architecture.secretsAreHidden("dev.vertxmicro.config.Secret"),
                architecture.engineFree());
    }

    @Test
    void findsToolkitCore() {
        assertThat(CORE).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void keepsItsShape(ArchRule rule) {
        rule.check(CORE);
    }
}
