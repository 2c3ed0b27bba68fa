package dev.vertxmicro.registry.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.Secret;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.net.TlsOptions;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class KubernetesRegistryOptionsTest {
    private static final KubernetesRegistryOptions DEFAULTS = KubernetesRegistryOptions.DEFAULTS;

    @Test
    void defaults() {
        assertThat(DEFAULTS)
                .isEqualTo(new KubernetesRegistryOptions(
                        List.of(),
                        "",
                        "",
                        Secret.NONE,
                        "",
                        true,
                        "http",
                        true,
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(60),
                        TlsOptions.OFF));
        assertThat(KubernetesRegistryProvider.read(Section.root(new JsonObject())))
                .isEqualTo(DEFAULTS);
    }

    @Test
    void readsEachComponent() throws ReflectiveOperationException {
        KubernetesRegistryOptions common = DEFAULTS.withAddresses(List.of("a:1", "http://b:2"))
                .withNamespace("shop")
                .withPod("greeter-1")
                .withEndpointSlices(false)
                .withPort("grpc")
                .withRenewals(false)
                .withRequestTimeout(Duration.ofSeconds(2))
                .withWatchTimeout(Duration.ofSeconds(30))
                .withGrace(Duration.ofSeconds(9))
                .withTls(TlsOptions.ON.withVerify(false));
        JsonObject json = new JsonObject()
                .put("address", "a:1,http://b:2")
                .put("namespace", "shop")
                .put("pod", "greeter-1")
                .put("endpointSlices", false)
                .put("port", "grpc")
                .put("renewals", false)
                .put("requestTimeout", "2s")
                .put("watchTimeout", "30s")
                .put("grace", "9s")
                .put("tls", new JsonObject().put("verify", false));
        KubernetesRegistryOptions token = common.withToken(Secret.of("t"));
        KubernetesRegistryOptions file = common.withTokenFile("/t");
        assertThat(read(json.copy().put("token", "t"))).isEqualTo(token);
        assertThat(read(json.copy().put("tokenFile", "/t"))).isEqualTo(file);
        for (RecordComponent component : KubernetesRegistryOptions.class.getRecordComponents()) {
            KubernetesRegistryOptions changed = component.getName().equals("tokenFile") ? file : token;
            assertThat(component.getAccessor().invoke(changed))
                    .as(component.getName())
                    .isNotEqualTo(component.getAccessor().invoke(DEFAULTS));
        }
    }

    private static KubernetesRegistryOptions read(JsonObject json) {
        Section section = Section.root(json);
        KubernetesRegistryOptions options = KubernetesRegistryProvider.read(section);
        section.end();
        return options;
    }

    @Test
    void bringsAddressesIntoOneForm() {
        assertThat(DEFAULTS.withAddresses(List.of("a", "https://a:443", "http://127.0.0.1:8001/", "[::1]:6443"))
                        .addresses())
                .containsExactly("https://a:443", "http://127.0.0.1:8001", "https://[::1]:6443");
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> DEFAULTS.withRequestTimeout(Duration.ZERO))
                .hasMessage("requestTimeout: PT0S (expected: > 0)");
        assertThatThrownBy(() -> DEFAULTS.withWatchTimeout(Duration.ofHours(2)))
                .hasMessage("watchTimeout: PT2H (expected: 1 s to 1 h)");
        assertThatThrownBy(() -> DEFAULTS.withGrace(Duration.ofSeconds(-1)))
                .hasMessage("grace: PT-1S (expected: >= 0)");
        assertThatThrownBy(() -> DEFAULTS.withToken(Secret.of("t")).withTokenFile("/f"))
                .hasMessage("tokenFile: /f (expected: none beside token)");
        assertThatThrownBy(() -> DEFAULTS.withAddresses(List.of("a b")))
                .hasMessage("address: \"a b\" (expected: host:port, https://host:port or http://host:port)");
    }
}
