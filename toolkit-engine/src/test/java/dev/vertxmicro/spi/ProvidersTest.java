package dev.vertxmicro.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.ConfigException;
import dev.vertxmicro.config.Section;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With what this module has of its own, {@code memory}; all else is not installed. */
class ProvidersTest {

    private static Section registry(String json) {
        return Section.root(new JsonObject("{\"registry\":" + json + "}")).section("registry");
    }

    private static Providers.Chosen<?> choose(Section section) {
        return Providers.load(RegistryProvider.class).choose(section, "memory", RegistryProvider::configure);
    }

    @Test
    void takesTheTypeThatIsNamedOrElseTheDefault() {
        assertThat(choose(registry("{\"type\":\"memory\"}")).type()).isEqualTo("memory");
        assertThat(choose(registry("{}")).type()).isEqualTo("memory");
    }

    @Test
    void namesTheNearestTypeOfOneThatNobodyKnows() {
        assertThatThrownBy(() -> choose(registry("{\"type\":\"memori\"}")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("$.registry.type: \"memori\" (expected: memory; nearest known: memory)");
    }

    @Test
    void namesTheArtifactOfOneThatIsNotInstalled() {
        assertThatThrownBy(() -> choose(registry("{\"type\":\"consul\"}")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("$.registry.type: \"consul\" is not installed (expected:"
                        + " dev.vertxmicro:toolkit-registry-consul on the class path)");
    }

    @Test
    void namesTheArtifactThatDiscoveryNeeds() {
        assertThatThrownBy(() -> Providers.load(RegistryBridgeProvider.class)
                        .require("$.discovery", RegistryBridgeProvider.SERVICE_DISCOVERY))
                .hasMessage("$.discovery: \"service-discovery\" is not installed (expected:"
                        + " dev.vertxmicro:toolkit-service-discovery on the class path)");
    }

    @Test
    void leavesTheSectionOfATypeAloneThatIsNotInstalled() {
        Section section = registry("{\"type\":\"memory\",\"consul\":{\"nobody\":\"reads this\"}}");
        assertThat(choose(section).type()).isEqualTo("memory");
        assertThat(section.unread()).isEmpty();
        section.end();
    }

    @Test
    void doesNotTakeATypeOfAnotherContractForAMissingPlugin() {
        Section section = registry("{\"type\":\"memory\",\"mqtt\":{}}");
        choose(section);
        assertThat(section.unread()).containsExactly("mqtt");
        assertThatThrownBy(() -> choose(registry("{\"type\":\"mqtt\"}"))).hasMessageNotContaining("not installed");
    }

    @Test
    void everyPluginHasAKind() {
        List<String> kinds =
                List.of(PluginKind.values()).stream().map(PluginKind::text).toList();
        assertThat(Plugin.all()).isNotEmpty().allSatisfy(plugin -> {
            assertThat(plugin.kind()).isIn(kinds);
            assertThat(plugin.type()).isNotBlank();
            assertThat(plugin.coordinates()).startsWith("dev.vertxmicro:toolkit-");
        });
        assertThat(Plugin.all()).doesNotHaveDuplicates();
    }
}
