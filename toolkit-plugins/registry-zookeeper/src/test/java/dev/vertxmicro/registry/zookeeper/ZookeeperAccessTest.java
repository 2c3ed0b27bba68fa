package dev.vertxmicro.registry.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.RecordingWatcher;
import dev.vertxmicro.testkit.server.ZooKeeperServer;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users and paths of their own. */
class ZookeeperAccessTest {
    private static final Duration TTL = Duration.ofSeconds(20);
    private static final String PATH = "/micro-registry/shop/n1";

    @TempDir
    Path directory = Path.of("");

    private final Vertx vertx = Vertx.vertx();
    private final List<AutoCloseable> open = new ArrayList<>();
    private ZookeeperRegistryOptions options = ZookeeperRegistryOptions.DEFAULTS;

    @BeforeEach
    void start() {
        ZooKeeperServer server = ZooKeeperServer.alone(directory);
        open.add(server);
        options = options.withAddresses(List.of(server.address()));
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        Await.result(vertx.close());
    }

    private PlainZookeeper raw() {
        PlainZookeeper client = new PlainZookeeper(options.addresses().get(0));
        open.add(0, client);
        return client;
    }

    private ZookeeperRegistry registry(ZookeeperRegistryOptions own) {
        ZookeeperRegistry registry = ZookeeperRegistry.create(vertx, own);
        open.add(0, () -> Await.result(registry.close()));
        return registry;
    }

    private static ServiceInfo shop(String id) {
        return new ServiceInfo("shop", "1.0.0", Map.of(), List.of(), List.of(new Node(id, "127.0.0.1:9001", Map.of())));
    }

    @Test
    void letsOnlyItsUserChangeWhatItRegistered() {
        ZookeeperRegistry owner = registry(options.withLogin("shop", "secret"));
        Await.result(owner.register(shop("n1"), TTL));
        PlainZookeeper raw = raw();
        assertThat(raw.isRefused(PATH, "{}")).isTrue();
        assertThat(raw.read(PATH)).contains("\"shop\"");
        ZookeeperRegistry stranger = registry(options);
        assertThat(Await.result(stranger.get("shop"))).containsExactly(shop("n1"));
        MicroException refusal = Await.failure(stranger.register(shop("n2"), TTL));
        assertThat(refusal.code()).isEqualTo(403);
        assertThat(refusal.detail()).contains("not allowed (expected: a user who may)");
        assertThat(Await.failure(stranger.deregister(shop("n1"))).code()).isEqualTo(403);
        ZookeeperRegistry other = registry(options.withLogin("shop", "wrong"));
        assertThat(Await.failure(other.register(shop("n2"), TTL)).code()).isEqualTo(403);
        ZookeeperRegistry colleague = registry(options.withLogin("shop", "secret"));
        Await.result(colleague.register(shop("n2"), TTL));
        assertThat(Await.result(owner.get("shop")))
                .containsExactly(shop("n1")
                        .withNodes(List.of(
                                shop("n1").nodes().get(0), shop("n2").nodes().get(0))));
    }

    @Test
    void hidesItFromOthersIfTold() {
        ZookeeperRegistryOptions hidden = options.withLogin("shop", "secret").withWorldReadable(false);
        ZookeeperRegistry owner = registry(hidden);
        Await.result(owner.register(shop("n1"), TTL));
        assertThat(Await.failure(registry(options).get("shop")).code()).isEqualTo(403);
        assertThat(Await.failure(registry(options).watch("shop", change -> {})).code())
                .isEqualTo(403);
        assertThat(Await.result(registry(hidden).get("shop"))).containsExactly(shop("n1"));
    }

    @Test
    void findsTheOthersWhereSomeMayNotBeRead() {
        ZookeeperRegistry watching = registry(options);
        ZookeeperRegistry registering = registry(options);
        Await.result(registering.register(shop("n1"), TTL));
        RecordingWatcher changes = RecordingWatcher.of("shop");
        Await.result(watching.watch(changes));
        PlainZookeeper raw = raw();
        raw.makeHidden("/micro-registry/hidden");
        raw.makeHidden("/micro-registry/hidden-too");
        raw.makeHidden("/micro-registry/shop/hidden");
        Await.result(registering.register(shop("n2"), TTL));
        assertThat(changes.next()).isEqualTo(new RegistryChange(Action.CREATE, shop("n2")));
        ZookeeperRegistry late = registry(options);
        assertThat(Await.result(late.list())).containsExactly("shop");
        assertThat(Await.result(late.get("shop")).get(0).nodes()).hasSize(2);
        assertThat(Await.failure(late.get("hidden")).code()).isEqualTo(403);
        Await.result(late.watch("shop", change -> {}));
        Await.result(late.watch(changes));
        assertThat(Await.result(late.list())).containsExactly("shop");
        Await.result(registering.deregister(shop("n2")));
        RegistryChange gone = new RegistryChange(Action.DELETE, shop("n2"));
        assertThat(List.of(changes.next(), changes.next())).containsExactly(gone, gone);
    }

    @Test
    void keepsEverythingUnderItsChroot() {
        ZookeeperRegistry registry = registry(options.withChroot("/apps/shop"));
        Await.result(registry.register(shop("n1"), TTL));
        PlainZookeeper raw = raw();
        assertThat(raw.children("/apps/shop/micro-registry/shop")).containsExactly("n1");
        assertThat(raw.isThere("/micro-registry")).isFalse();
        assertThat(Await.result(registry(options).get("shop"))).isEmpty();
        assertThat(Await.result(registry(options.withChroot("/apps/shop")).list()))
                .containsExactly("shop");
    }
}
