package dev.vertxmicro.registry.multi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.spi.RegistrySettings;
import dev.vertxmicro.testkit.recording.Await;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MultiRegistryOptionsTest {
    private static final MultiRegistryOptions DEFAULTS = MultiRegistryOptions.DEFAULTS;

    @Test
    void defaults() {
        assertThat(DEFAULTS).isEqualTo(new MultiRegistryOptions(List.of("mdns"), List.of(), Duration.ofSeconds(1)));
        assertThat(MultiRegistryProvider.read(Section.root(new JsonObject()))).isEqualTo(DEFAULTS);
    }

    @Test
    void readsEachComponent() throws ReflectiveOperationException {
        MultiRegistryOptions changed =
                new MultiRegistryOptions(List.of("dns", "consul"), List.of("dns"), Duration.ofSeconds(2));
        Section section = Section.root(new JsonObject()
                .put("registries", "dns, consul")
                .put("readOnly", List.of("dns"))
                .put("patience", "2s"));
        assertThat(MultiRegistryProvider.read(section)).isEqualTo(changed);
        section.end();
        for (RecordComponent component : MultiRegistryOptions.class.getRecordComponents()) {
            assertThat(component.getAccessor().invoke(changed))
                    .as(component.getName())
                    .isNotEqualTo(component.getAccessor().invoke(DEFAULTS));
        }
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> DEFAULTS.withPatience(Duration.ZERO)).hasMessage("patience: PT0S (expected: > 0)");
        assertThatThrownBy(DEFAULTS::withRegistries)
                .hasMessage("registries: none (expected: at least one, such as mdns and consul)");
        assertThatThrownBy(() -> DEFAULTS.withRegistries("mdns", "mdns"))
                .hasMessage("registries: \"mdns\" (expected: each once)");
        assertThatThrownBy(() -> DEFAULTS.withReadOnly("dns")).hasMessage("readOnly: \"dns\" (expected: mdns)");
    }

    private static JsonObject descriptor(Object... registries) {
        return new JsonObject()
                .put("type", "multi")
                .put("multi", new JsonObject().put("registries", List.of(registries)));
    }

    @Test
    void saysWhichRegistryIsNotThere() {
        assertThatThrownBy(() -> RegistrySettings.registry(Section.root(descriptor("memory", "etcd"))))
                .hasMessage(
                        "$.multi.registries: \"etcd\" is not installed (expected: dev.vertxmicro:toolkit-registry-etcd"
                                + " on the class path)");
        assertThatThrownBy(() -> RegistrySettings.registry(Section.root(descriptor("memory", "multi"))))
                .hasMessage("$.multi.registries: \"multi\" (expected: types of other registries)");
    }

    @Test
    void readsTheSectionOfEachAndSaysWhereItIsWrong() {
        JsonObject wrong = descriptor("memory", "mdns").put("mdns", new JsonObject().put("lookupTimeout", "0s"));
        assertThatThrownBy(() -> RegistrySettings.registry(Section.root(wrong)))
                .hasMessageStartingWith("$.mdns.lookupTimeout: ");
        Vertx vertx = Vertx.vertx();
        Section right = Section.root(
                descriptor("memory", "mdns").put("mdns", new JsonObject().put("interfaces", List.of("lo"))));
        assertThat(RegistrySettings.registry(right).apply(vertx).members())
                .map(each -> each.type())
                .containsExactly("memory", "mdns");
        right.end();
        Await.result(vertx.close());
    }

    @Test
    void makesOthersWithTheirDefaultsWhereItsOwnSectionIsAllThereIs() {
        Vertx vertx = Vertx.vertx();
        Section own = Section.root(new JsonObject().put("registries", List.of("memory", "mdns")));
        assertThat(new MultiRegistryProvider().configure(own).apply(vertx).members())
                .map(each -> each.type())
                .containsExactly("memory", "mdns");
        Await.result(vertx.close());
    }
}
