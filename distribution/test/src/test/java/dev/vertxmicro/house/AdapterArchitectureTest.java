package dev.vertxmicro.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import dev.vertxmicro.testkit.architecture.Architecture;
import dev.vertxmicro.testkit.program.Requires;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdapterArchitectureTest {
    private static final Architecture ARCHITECTURE = Architecture.of("dev.vertxmicro");
    /** What users get; toolkit-core has a test of its own. */
    private static final JavaClasses CLASSES = House.all()
            .that(describe("are of modules for users", type -> House.MODULES
                    .of(type)
                    .filter(module -> !HouseTest.OWN.contains(module.name())
                            && !module.name().equals("toolkit-core"))
                    .isPresent()));

    /** By name: who names the class starts programs. */
    private static final Set<String> PROGRAMS = Set.of(
            "dev.vertxmicro.testkit.server.Bind",
            "dev.vertxmicro.testkit.server.ConsulAgent",
            "dev.vertxmicro.testkit.server.Dnsmasq",
            "dev.vertxmicro.testkit.server.EtcdServer",
            "dev.vertxmicro.testkit.server.KubeApiServer",
            "dev.vertxmicro.testkit.program.GoProgram",
            "dev.vertxmicro.testkit.server.Mosquitto",
            "dev.vertxmicro.testkit.server.NatsServer",
            "dev.vertxmicro.testkit.server.Prometheus",
            "dev.vertxmicro.testkit.server.ZipkinServer",
            "dev.vertxmicro.testkit.program.NetworkNamespace",
            "dev.vertxmicro.testkit.lab.Namespace");

    /** Who logs as often as it is called, and why no peer can make it. */
    private static final Map<String, String> REVIEWED = Map.ofEntries(
            Map.entry("dev.vertxmicro.broker.http.publishing.HttpDialer.secured", "once a broker"),
            Map.entry("dev.vertxmicro.broker.http.MessagePort.register", "once a port that is opened"),
            Map.entry("dev.vertxmicro.bridge.BridgeVerticle.listening", "once a start"),
            Map.entry("dev.vertxmicro.bridge.BridgeVerticle.start", "once a start"),
            Map.entry("dev.vertxmicro.debug.ProcessLog.acquire", "listens to the log, writes nothing"),
            Map.entry("dev.vertxmicro.debug.ProcessLog.isShown", "listens to the log, writes nothing"),
            Map.entry("dev.vertxmicro.debug.ProcessLog.release", "listens to the log, writes nothing"),
            Map.entry("dev.vertxmicro.engine.Certificates.refused", "once a change of the operator's files"),
            Map.entry("dev.vertxmicro.engine.Certificates.reloaded", "once a change of the operator's files"),
            Map.entry("dev.vertxmicro.engine.Certificates.warn", "once a day and file"),
            Map.entry("dev.vertxmicro.health.HealthEndpoint.start", "once a start"),
            Map.entry("dev.vertxmicro.launcher.start.ClusterChoice.onlyOne", "once a start"),
            Map.entry("dev.vertxmicro.launcher.start.OptionProperties.set", "once a property of the command line"),
            Map.entry("dev.vertxmicro.launcher.run.Redeployment.execute", "once a change of the developer's files"),
            Map.entry("dev.vertxmicro.launcher.run.Redeployment.redeploy", "once a change of the developer's files"),
            Map.entry("dev.vertxmicro.launcher.run.Redeployment.watch", "once a start"),
            Map.entry("dev.vertxmicro.launcher.run.RunVerticleCommand.failed", "ends the process"),
            Map.entry("dev.vertxmicro.launcher.start.HandshakeLines.install", "sets a filter, logs nothing"),
            Map.entry("dev.vertxmicro.launcher.start.VertxStart.close", "ends the process"),
            Map.entry("dev.vertxmicro.launcher.start.VertxStart.start", "once a start"),
            Map.entry(
                    "dev.vertxmicro.registry.mdns.multicast.MdnsSockets.checkInterfaces",
                    "when this host's interfaces change"),
            Map.entry("dev.vertxmicro.transport.http.HttpTransport.<init>", "once a transport"),
            Map.entry("dev.vertxmicro.verticle.Deployment.registering", "once a start"),
            Map.entry("dev.vertxmicro.verticle.Deployment.started", "once a start"),
            Map.entry("dev.vertxmicro.verticle.SharedRegistry.deregister", "once a stop"),
            Map.entry("dev.vertxmicro.verticle.broker.PublishConsumer.begin", "once a start"),
            Map.entry("dev.vertxmicro.verticle.registry.RegistryHost.start", "once a start"),
            Map.entry("dev.vertxmicro.wrapper.auth.proof.FromFiles.settle", "once a change of the operator's files"),
            Map.entry("dev.vertxmicro.wrapper.logging.LoggingOptions.<clinit>", "logs nothing"),
            Map.entry("dev.vertxmicro.wrapper.logging.LoggingWrapperProvider.<clinit>", "logs nothing"),
            Map.entry("dev.vertxmicro.wrapper.logging.LineRules.leftOut", "once a second"),
            Map.entry("dev.vertxmicro.wrapper.logging.lines.JsonLines.onConsole", "logs nothing"),
            Map.entry("dev.vertxmicro.wrapper.logging.lines.JulSink.<init>", "logs nothing"),
            Map.entry("dev.vertxmicro.wrapper.logging.lines.JulSink.takes", "logs nothing"),
            Map.entry("dev.vertxmicro.wrapper.logging.lines.JulSink.write", "so many a second, by LineLimit"),
            Map.entry("dev.vertxmicro.wrapper.logging.lines.Slf4jSink.takes", "logs nothing"),
            Map.entry("dev.vertxmicro.wrapper.logging.lines.Slf4jSink.write", "so many a second, by LineLimit"),
            Map.entry("dev.vertxmicro.wrapper.metrics.process.MetricsPort.again", "once a port that is taken"),
            Map.entry("dev.vertxmicro.wrapper.metrics.process.MetricsPort.listen", "once a port"));

    @Test
    void findsMainAndTests() {
        assertThat(CLASSES.contain("dev.vertxmicro.registry.mdns.MdnsRegistry")).isTrue();
        assertThat(CLASSES.contain("dev.vertxmicro.registry.mdns.MdnsRegistryTest"))
                .isTrue();
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
        // DNS and a list of addresses are read only: nothing of the suite can be registered.
        // And the way to handlers on the event bus, which nobody listens at.
        JavaClasses adapters = CLASSES.that(not(name("dev.vertxmicro.verticle.SharedRegistry"))
                .and(not(name("dev.vertxmicro.verticle.SharedBroker")))
                .and(not(name("dev.vertxmicro.registry.dns.DnsRegistry")))
                .and(not(name("dev.vertxmicro.registry.fixed.StaticRegistry")))
                .and(not(name("dev.vertxmicro.verticle.node.HandlerTransport"))));

        ARCHITECTURE.contractSuite("dev.vertxmicro." + contract, suite).check(adapters);
    }

    @Test
    void testsSayWhichProgramsTheyNeed() {
        classes()
                .that(describe("have tests that start programs", AdapterArchitectureTest::startsPrograms))
                .should(be(describe("annotated with @Requires", AdapterArchitectureTest::saysWhatItRequires)))
                .check(CLASSES);
    }

    private static boolean startsPrograms(JavaClass type) {
        return type.getMethods().stream()
                        .anyMatch(method ->
                                method.isAnnotatedWith(Test.class) || method.isMetaAnnotatedWith(TestTemplate.class))
                && type.getDirectDependenciesFromSelf().stream()
                        .anyMatch(dependency ->
                                PROGRAMS.contains(dependency.getTargetClass().getName()));
    }

    private static boolean saysWhatItRequires(JavaClass type) {
        return Stream.concat(Stream.of(type), type.getAllRawSuperclasses().stream())
                        .anyMatch(named -> named.isAnnotatedWith(Requires.class))
                || type.getMethods().stream().anyMatch(method -> method.isAnnotatedWith(Requires.class));
    }
}
