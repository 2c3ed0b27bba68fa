package dev.vertxmicro.registry.etcd;

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

class EtcdRegistryOptionsTest {
    private static final EtcdRegistryOptions DEFAULTS = EtcdRegistryOptions.DEFAULTS;

    @Test
    void defaults() {
        assertThat(DEFAULTS)
                .isEqualTo(new EtcdRegistryOptions(
                        List.of("127.0.0.1:2379"),
                        "",
                        Secret.NONE,
                        "/micro/registry/",
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(60),
                        256,
                        TlsOptions.OFF));
        assertThat(EtcdRegistryProvider.read(Section.root(new JsonObject()))).isEqualTo(DEFAULTS);
    }

    @Test
    void readsEachComponent() throws ReflectiveOperationException {
        EtcdRegistryOptions changed = DEFAULTS.withAddresses(List.of("a:1", "b:2379"))
                .withUser("micro", "secret")
                .withPrefix("/other/")
                .withRequestTimeout(Duration.ofSeconds(2))
                .withGrace(Duration.ofSeconds(9))
                .withMaxWatches(3)
                .withTls(TlsOptions.ON.withVerify(false));
        Section section = Section.root(new JsonObject()
                .put("address", "a:1,b")
                .put("user", "micro")
                .put("password", "secret")
                .put("prefix", "/other/")
                .put("requestTimeout", "2s")
                .put("grace", "9s")
                .put("maxWatches", 3)
                .put("tls", new JsonObject().put("verify", false)));
        assertThat(EtcdRegistryProvider.read(section)).isEqualTo(changed);
        section.end();
        for (RecordComponent component : EtcdRegistryOptions.class.getRecordComponents()) {
            assertThat(component.getAccessor().invoke(changed))
                    .as(component.getName())
                    .isNotEqualTo(component.getAccessor().invoke(DEFAULTS));
        }
    }

    @Test
    void takesAddressesAsOtherClientsDo() {
        assertThat(DEFAULTS.withAddresses(List.of("http://a:1", "https://b/", "c", "[::1]:5", "c:2379"))
                        .addresses())
                .containsExactly("a:1", "b:2379", "c:2379", "[::1]:5");
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> DEFAULTS.withRequestTimeout(Duration.ZERO))
                .hasMessage("requestTimeout: PT0S (expected: > 0)");
        assertThatThrownBy(() -> DEFAULTS.withGrace(Duration.ofSeconds(-1)))
                .hasMessage("grace: PT-1S (expected: >= 0)");
        assertThatThrownBy(() -> DEFAULTS.withMaxWatches(-1)).hasMessage("maxWatches: -1 (expected: >= 0)");
        assertThatThrownBy(() -> DEFAULTS.withPrefix("/micro"))
                .hasMessage("prefix: \"/micro\" (expected: a slash at its end)");
        assertThatThrownBy(() -> DEFAULTS.withUser("", "secret"))
                .hasMessage("user: none (expected: whose password it is)");
        assertThatThrownBy(() -> DEFAULTS.withAddresses(List.of()))
                .hasMessage("addresses: none (expected: host:port of a member, >= 1)");
        assertThatThrownBy(() -> DEFAULTS.withAddresses(List.of("u:p@h ost")))
                .hasMessage("address: \"***@h ost\" (expected: host or host:port)");
    }

    @Test
    void keepsThePasswordToItself() {
        assertThat(DEFAULTS.withUser("micro", "secret").toString()).doesNotContain("secret");
    }

    @Test
    void goesByBothNamesOfGoMicro() {
        assertThat(new EtcdRegistryProvider().type()).isEqualTo("etcd");
        assertThat(new Etcdv3RegistryProvider().type()).isEqualTo("etcdv3");
    }
}
