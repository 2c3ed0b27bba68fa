package dev.vertxmicro.house;

import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.net.Exposure;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.spi.BrokerProvider;
import dev.vertxmicro.spi.Plugin;
import dev.vertxmicro.spi.PluginKind;
import dev.vertxmicro.spi.Providers;
import dev.vertxmicro.spi.RegistryBridgeProvider;
import dev.vertxmicro.spi.RegistryProvider;
import dev.vertxmicro.spi.ServiceIdentity;
import dev.vertxmicro.spi.TransportProvider;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.recording.RecordingSubscriber;
import dev.vertxmicro.testkit.server.ConsulAgent;
import dev.vertxmicro.testkit.server.EtcdServer;
import dev.vertxmicro.testkit.server.FreePorts;
import dev.vertxmicro.testkit.server.KubeApiServer;
import dev.vertxmicro.testkit.server.Mosquitto;
import dev.vertxmicro.testkit.server.NatsServer;
import dev.vertxmicro.testkit.server.ZooKeeperServer;
import dev.vertxmicro.transport.Listener;
import dev.vertxmicro.transport.Transport;
import dev.vertxmicro.verticle.BrokerVerticle;
import dev.vertxmicro.verticle.RegistryVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every plugin there is, started in one JVM, while those before it still run: their libraries do not clash. */
@Requires({Requirement.CONSUL, Requirement.ETCD, Requirement.KUBERNETES, Requirement.MOSQUITTO, Requirement.NATS})
class PluginsTogetherTest {
    private static final Exposure EXPOSURE = new Exposure("127.0.0.1:0", TlsOptions.OFF);
    private static final Vertx VERTX = Vertx.vertx();
    private static final Deque<Supplier<Future<Void>>> RUNNING = new ArrayDeque<>();

    private static final int DNS_PORT = FreePorts.next();

    private static ConsulAgent consul;
    private static EtcdServer etcd;
    private static KubeApiServer kubernetes;
    private static NatsServer nats;
    private static ZooKeeperServer zookeeper;
    private static Mosquitto mosquitto;

    @BeforeAll
    static void start(@TempDir Path directory) {
        nats = NatsServer.start(directory);
        zookeeper = ZooKeeperServer.alone(directory);
        consul = ConsulAgent.dev(directory, "-dns-port=" + DNS_PORT);
        kubernetes = KubeApiServer.start(directory);
        kubernetes.runPod("together");
        mosquitto = Mosquitto.start(directory);
        etcd = EtcdServer.start(directory);
        JsonObject memory = new JsonObject().put("type", "memory");
        JsonObject descriptor = new JsonObject().put("registry", memory).put("broker", memory);
        for (Class<?> owner : List.of(RegistryVerticle.class, BrokerVerticle.class)) {
            result(VERTX.deployVerticle(owner.getName(), new DeploymentOptions().setConfig(descriptor)));
        }
    }

    @AfterAll
    static void stop() {
        RUNNING.forEach(close -> result(close.get()));
        result(VERTX.close());
        mosquitto.close();
        etcd.close();
        kubernetes.close();
        consul.close();
        nats.close();
        zookeeper.close();
    }

    private static Section section(String type) {
        JsonObject settings =
                switch (type) {
                    case "consul" -> new JsonObject().put("address", consul.address());
                    case "etcd", "etcdv3" -> new JsonObject().put("address", etcd.address());
                    case "dns" ->
                        new JsonObject().put("address", "127.0.0.1:" + DNS_PORT).put("domain", "service.consul");
                    case "kubernetes" ->
                        new JsonObject()
                                .put("address", kubernetes.address())
                                .put("pod", "together")
                                .put("token", KubeApiServer.ADMIN)
                                .put("tls", new JsonObject().put("verify", false));
                    case "multi" -> new JsonObject().put("registries", List.of("memory", "eventbus"));
                    case "static" ->
                        new JsonObject()
                                .put(
                                        "services",
                                        List.of(new JsonObject()
                                                .put("name", "together")
                                                .put("addresses", List.of("127.0.0.1:9001"))));
                    case "mqtt" -> new JsonObject().put("address", mosquitto.address());
                    case "nats", "nats-kv" -> new JsonObject().put("address", nats.address());
                    case "zookeeper" -> new JsonObject().put("address", zookeeper.address());
                    case "mdns" ->
                        new JsonObject()
                                .put("address", "239.255.77.9:" + FreePorts.next())
                                .put("interfaces", List.of("lo"));
                    case "dns-sd" -> new JsonObject().put("address", "127.0.0.1");
                    default -> new JsonObject();
                };
        return Section.root(settings);
    }

    /** All but dns, which is read only: {@link #readsDns}. */
    static Stream<String> registries() {
        return Providers.load(RegistryProvider.class).byType().keySet().stream().filter(type -> !type.equals("dns"));
    }

    static Stream<String> brokers() {
        return Providers.load(BrokerProvider.class).byType().keySet().stream();
    }

    static Stream<String> transports() {
        return Providers.load(TransportProvider.class).byType().keySet().stream();
    }

    @Test
    void allThatAreListedAreThere() {
        List<Plugin> there = Stream.of(PluginKind.values())
                .flatMap(kind -> Providers.load(kind.contract()).byType().keySet().stream()
                        .map(type -> new Plugin(kind.text(), type, "")))
                .toList();
        assertThat(Plugin.all())
                .map(plugin -> new Plugin(plugin.kind(), plugin.type(), ""))
                .containsExactlyInAnyOrderElementsOf(there);
    }

    @ParameterizedTest
    @MethodSource("registries")
    void registersInEach(String type) {
        Registry registry = Providers.load(RegistryProvider.class)
                .require("type", type)
                .configure(section(type))
                .apply(VERTX);
        ServiceInfo service = new ServiceInfo(
                "together", "1", Map.of(), List.of(), List.of(new Node("together-1", "127.0.0.1:9001", Map.of())));
        result(registry.register(service, Duration.ofSeconds(30)));
        assertThat(result(registry.get("together"))).map(ServiceInfo::name).containsExactly("together");
        RUNNING.push(() -> registry.deregister(service).eventually(registry::close));
    }

    @Test
    void readsDns() {
        Registry registry = Providers.load(RegistryProvider.class)
                .require("type", "dns")
                .configure(section("dns"))
                .apply(VERTX);
        assertThat(result(registry.get("consul"))).map(ServiceInfo::name).containsExactly("consul");
        RUNNING.push(registry::close);
    }

    @ParameterizedTest
    @MethodSource("brokers")
    void publishesByEach(String type) {
        Broker broker = Providers.load(BrokerProvider.class)
                .require("type", type)
                .configure(section(type), EXPOSURE, new ServiceIdentity("together", "together-1", false))
                .apply(VERTX, Registry.inMemory(VertxTimers.of(VERTX)));
        result(broker.connect());
        RecordingSubscriber subscriber = RecordingSubscriber.create();
        result(broker.subscribe("together", subscriber, SubscribeOptions.DEFAULTS));
        result(broker.publish("together", new Message(Metadata.EMPTY, Buffer.buffer("hello"))));
        assertThat(subscriber.texts(1)).containsExactly("hello");
        RUNNING.push(broker::close);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void listensByEach(String type) {
        Transport transport = Providers.load(TransportProvider.class)
                .require("type", type)
                .configure(section(type), Section.root(new JsonObject()))
                .apply(VERTX);
        Listener listener = transport.listener("127.0.0.1:0");
        assertThat(result(listener.listen())).startsWith("127.0.0.1:");
        RUNNING.push(() -> listener.close().eventually(transport::close));
    }

    @Test
    void bridgesToEachDirectory() {
        assertThat(Providers.load(RegistryBridgeProvider.class).byType())
                .containsOnlyKeys(RegistryBridgeProvider.SERVICE_DISCOVERY);
    }
}
