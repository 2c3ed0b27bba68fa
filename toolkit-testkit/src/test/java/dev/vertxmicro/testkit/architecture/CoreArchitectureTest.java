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
    private static final Map<String, String> REVIEWED = Map.of(
            "dev.vertxmicro.time.RareWarning.info", "is the rare one",
            "dev.vertxmicro.time.RareWarning.warn", "is the rare one",
            "dev.vertxmicro.time.RareWarning.error", "is the rare one",
            "dev.vertxmicro.registry.Heartbeat.warn", "once an interval of registration, each service",
            "dev.vertxmicro.registry.Heartbeat.back", "after a line of warn, once",
            "dev.vertxmicro.registry.Heartbeat.stop", "once a stop",
            "dev.vertxmicro.server.events.BrokerEvents.stop", "once a stop, each subscription",
            "dev.vertxmicro.server.rpc.RpcServer.within", "once a stop",
            "dev.vertxmicro.server.rpc.RpcServer.drained", "once a stop",
            "dev.vertxmicro.service.WiredService.closing", "once a stop, each part");

    /** Where a contract makes what stands in a room of its own: the static method, and the room. Nothing else looks back down. */
    private static final Map<String, String> FACTORIES = Map.ofEntries(
            Map.entry("dev.vertxmicro.broker.Broker.inMemory", "dev.vertxmicro.broker.local"),
            Map.entry("dev.vertxmicro.client.Client.create", "dev.vertxmicro.client.rpc"),
            Map.entry("dev.vertxmicro.codec.Codec.protobuf", "dev.vertxmicro.codec.payload"),
            Map.entry("dev.vertxmicro.codec.Codec.json", "dev.vertxmicro.codec.payload"),
            Map.entry("dev.vertxmicro.codec.Codec.octetStream", "dev.vertxmicro.codec.payload"),
            Map.entry("dev.vertxmicro.codec.Codec.text", "dev.vertxmicro.codec.payload"),
            Map.entry("dev.vertxmicro.codec.Codecs.text", "dev.vertxmicro.codec.payload"),
            Map.entry("dev.vertxmicro.codec.Envelope.bare", "dev.vertxmicro.codec.envelope"),
            Map.entry("dev.vertxmicro.codec.Envelope.jsonRpc", "dev.vertxmicro.codec.envelope"),
            Map.entry("dev.vertxmicro.codec.Envelope.mercury", "dev.vertxmicro.codec.envelope"),
            Map.entry("dev.vertxmicro.codec.Envelope.protoRpc", "dev.vertxmicro.codec.envelope"),
            Map.entry("dev.vertxmicro.codec.ProtobufJson.of", "dev.vertxmicro.codec.json"),
            Map.entry("dev.vertxmicro.registry.Registry.inMemory", "dev.vertxmicro.registry.local"),
            Map.entry("dev.vertxmicro.server.Invoker.attempt", "dev.vertxmicro.server.handlers"),
            Map.entry("dev.vertxmicro.server.OneResponseHandler.streaming", "dev.vertxmicro.server.handlers"),
            Map.entry("dev.vertxmicro.server.Server.create", "dev.vertxmicro.server.rpc"));

    static Stream<ArchRule> rules() {
        Architecture architecture = Architecture.of("dev.vertxmicro");
        return Stream.of(
                architecture.layers(),
                architecture.everyConceptHasItsLayer(),
                architecture.noCycles(FACTORIES),
                architecture.factoriesAreListed(FACTORIES),
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
