package dev.vertxmicro.verticle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.Secret;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.eventbus.registry.EventBusRegistry;
import dev.vertxmicro.eventbus.registry.EventBusRegistryOptions;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.testkit.recording.Await;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who may register what with a RegistryVerticle. */
class RegistrationTrustTest {
    private static final String SECRET = "sixteen letters!";

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        Await.result(vertx.close());
    }

    private void deploy(JsonObject bus) {
        JsonObject registry = new JsonObject().put("type", "memory").put("eventbus", bus);
        Await.result(vertx.deployVerticle(
                RegistryVerticle.class.getName(),
                new DeploymentOptions().setConfig(new JsonObject().put("registry", registry))));
    }

    private static ServiceInfo service(String name) {
        return new ServiceInfo(name, "1", Map.of(), List.of(), List.of(new Node(name + "-1", "127.0.0.1:1", Map.of())));
    }

    private EventBusRegistry registry(String secret) {
        return EventBusRegistry.create(vertx, EventBusRegistryOptions.DEFAULTS.withSecret(Secret.of(secret)));
    }

    private static void assertRefused(EventBusRegistry registry, ServiceInfo service, String why) {
        assertThatThrownBy(() -> Await.result(registry.register(service, Duration.ZERO)))
                .hasMessageContaining(why);
        assertThatThrownBy(() -> Await.result(registry.deregister(service))).hasMessageContaining(why);
    }

    @Test
    void takesTheNamesThatItIsToldOf() {
        deploy(new JsonObject().put("allow", new JsonArray().add("shop.*")));
        EventBusRegistry registry = registry("");
        Await.result(registry.register(service("shop.cart"), Duration.ZERO));
        assertRefused(registry, service("bank"), "not to be registered here (expected: shop.*)");
        assertThat(Await.result(registry.list())).containsExactly("shop.cart");
    }

    @Test
    void takesWhatIsSignedAndLetsNobodyElseTakeItBack() {
        deploy(new JsonObject().put("secret", SECRET));
        EventBusRegistry known = registry(SECRET);
        Await.result(known.register(service("bank"), Duration.ZERO));
        assertRefused(registry(""), service("bank"), "not signed");
        assertRefused(registry("another secret!!"), service("bank"), "signed by another secret");
        assertThat(Await.result(known.get("bank"))).hasSize(1);
        Await.result(known.deregister(service("bank")));
        assertThat(Await.result(known.list())).isEmpty();
    }

    @Test
    void letsNobodyUseASignatureThatAllCanRead() {
        deploy(new JsonObject().put("secret", SECRET));
        Await.result(registry(SECRET).register(service("bank"), Duration.ZERO));
        ServiceInfo read = Await.result(registry("").get("bank")).get(0);
        assertThat(read.nodes().get(0).metadata()).doesNotContainKey("micro-signature");
        assertThatThrownBy(() -> Await.result(registry("").deregister(read))).hasMessageContaining("not signed");
    }

    @Test
    void tellsAPlainVerticleWhatIsMissing() {
        deploy(new JsonObject().put("secret", SECRET));
        JsonObject node = new JsonObject().put("id", "bank-1").put("address", "127.0.0.1:1");
        JsonObject service =
                new JsonObject().put("name", "bank").put("version", "1").put("nodes", new JsonArray().add(node));
        DeliveryOptions register = new DeliveryOptions().addHeader("action", "register");
        assertThatThrownBy(() -> Await.result(vertx.eventBus().request("micro.registry", service, register)))
                .satisfies(failure -> assertThat(MicroException.parse(String.valueOf(failure.getMessage()))
                                .detail())
                        .isEqualTo(
                                "service bank, node bank-1: not signed (expected: micro-signature in the metadata of the"
                                        + " node)"));
    }
}
