package dev.vertxmicro.registry.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.Secret;
import dev.vertxmicro.config.Section;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ZookeeperRegistryOptionsTest {
    private static final ZookeeperRegistryOptions DEFAULTS = ZookeeperRegistryOptions.DEFAULTS;

    @Test
    void defaults() {
        assertThat(DEFAULTS)
                .isEqualTo(new ZookeeperRegistryOptions(
                        List.of("127.0.0.1:2181"),
                        "",
                        "",
                        Secret.NONE,
                        true,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60)));
        assertThat(ZookeeperRegistryProvider.read(Section.root(new JsonObject())))
                .isEqualTo(DEFAULTS);
    }

    @Test
    void readsEachComponent() throws ReflectiveOperationException {
        ZookeeperRegistryOptions changed = DEFAULTS.withAddresses(List.of("a:1", "b:2181"))
                .withLogin("shop", "secret")
                .withChroot("/apps/shop")
                .withWorldReadable(false)
                .withRequestTimeout(Duration.ofSeconds(2))
                .withSessionTimeout(Duration.ofSeconds(4))
                .withGrace(Duration.ofSeconds(90));
        Section section = Section.root(new JsonObject()
                .put("address", "a:1,b")
                .put("user", "shop")
                .put("password", "secret")
                .put("chroot", "/apps/shop")
                .put("worldReadable", false)
                .put("requestTimeout", "2s")
                .put("sessionTimeout", "4s")
                .put("grace", "90s"));
        assertThat(ZookeeperRegistryProvider.read(section)).isEqualTo(changed);
        section.end();
        for (RecordComponent component : ZookeeperRegistryOptions.class.getRecordComponents()) {
            assertThat(component.getAccessor().invoke(changed))
                    .as(component.getName())
                    .isNotEqualTo(component.getAccessor().invoke(DEFAULTS));
        }
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> DEFAULTS.withAddresses(List.of()))
                .hasMessage("addresses: none (expected: host:port of a server, >= 1)");
        assertThatThrownBy(() -> DEFAULTS.withAddresses(List.of("a:2181/apps")))
                .hasMessage("addresses: a:2181/apps (expected: host:port, without a path)");
        for (String chroot : List.of("apps", "/", "/apps/", "/a//b", "/a/../b", "/a/.")) {
            assertThatThrownBy(() -> DEFAULTS.withChroot(chroot))
                    .hasMessage(
                            "chroot: " + chroot + " (expected: a path such as /apps/shop, without a slash at its end)");
        }
        assertThatThrownBy(() -> DEFAULTS.withLogin("a:b", "secret")).hasMessage("user: a:b (expected: no colon)");
        assertThatThrownBy(() -> DEFAULTS.withUser("shop")).hasMessage("password: none (expected: user and password)");
        assertThatThrownBy(() -> DEFAULTS.withRequestTimeout(Duration.ZERO))
                .hasMessage("requestTimeout: PT0S (expected: > 0)");
        assertThatThrownBy(() -> DEFAULTS.withSessionTimeout(Duration.ofMillis(999)))
                .hasMessage("sessionTimeout: PT0.999S (expected: 1 s to 10 min)");
        assertThatThrownBy(() -> DEFAULTS.withSessionTimeout(Duration.ofMillis(600_001)))
                .hasMessage("sessionTimeout: PT10M0.001S (expected: 1 s to 10 min)");
        assertThatThrownBy(() -> DEFAULTS.withGrace(Duration.ofNanos(-1)))
                .hasMessage("grace: PT-0.000000001S (expected: >= 0)");
    }

    @Test
    void writesThePasswordNowhere() {
        assertThat(DEFAULTS.withLogin("shop", "secret").toString()).doesNotContain("secret");
    }
}
