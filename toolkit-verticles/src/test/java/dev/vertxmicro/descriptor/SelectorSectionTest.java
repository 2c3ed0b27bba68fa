package dev.vertxmicro.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.ConfigException;
import dev.vertxmicro.selector.EjectionOptions;
import dev.vertxmicro.selector.Filter;
import dev.vertxmicro.selector.SelectOptions;
import dev.vertxmicro.selector.SelectorOptions;
import dev.vertxmicro.selector.StaticNodes;
import dev.vertxmicro.selector.Strategy;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a descriptor says of the choice of nodes. */
class SelectorSectionTest {

    private static SelectorOptions read(JsonObject selector) {
        return ServiceDescriptor.parse(new JsonObject().put("selector", selector))
                .selector();
    }

    private static JsonObject strategy(String name) {
        return new JsonObject().put("strategy", name);
    }

    @Test
    void choosesByChanceWhereNothingIsSaid() {
        assertThat(read(new JsonObject())).isEqualTo(SelectorOptions.DEFAULTS);
    }

    @Test
    void readsTheSample() throws IOException {
        ServiceDescriptor sample =
                ServiceDescriptor.parse(new JsonObject(Files.readString(Path.of("../conf/selector.json"))));
        SelectorOptions options = sample.selector();
        assertThat(options.strategy()).isEqualTo(Strategy.zoneFirst("eu-1", Strategy.peakEwma()));
        assertThat(options.services().keySet()).containsExactlyInAnyOrder("cart", "search", "ledger");
        assertThat(sample.sources().fixed().addresses())
                .isEqualTo(Map.of("ledger", List.of("10.0.0.7:9001", "10.0.0.8:9001")));
        assertThat(options.special("cart"))
                .isEqualTo(SelectOptions.DEFAULTS.withStrategy(Optional.of(Strategy.hash("Tenant"))));
        assertThat(options.special("search"))
                .isEqualTo(new SelectOptions(
                        List.of(Filter.version("2.0.0"), Filter.label("tier", "gold")),
                        Optional.of(Strategy.weighted()),
                        Optional.empty()));
        assertThat(options.special("other")).isEqualTo(SelectOptions.DEFAULTS);
    }

    @Test
    void namesEachStrategy() {
        Map<String, Strategy> named = Map.of(
                "random", Strategy.random(),
                "round-robin", Strategy.roundRobin(),
                "least-busy", Strategy.leastBusy(),
                "peak-ewma", Strategy.peakEwma(),
                "weighted", Strategy.weighted());
        named.forEach((name, strategy) ->
                assertThat(read(strategy(name)).strategy()).as(name).isEqualTo(strategy));
        assertThat(read(strategy("hash").put("hashKey", "User").put("hashLoadPercent", 150))
                        .strategy())
                .isEqualTo(Strategy.hash("User", 150));
    }

    @Test
    void prefersTheZoneAndThenTheLabelsInTheirOrder() {
        JsonObject selector = new JsonObject()
                .put("zone", "eu")
                .put("prefer", new JsonArray().add("rack=7").add("disk=a=b"));
        assertThat(read(selector).strategy())
                .isEqualTo(Strategy.zoneFirst(
                        "eu", Strategy.preferring("rack", "7", Strategy.preferring("disk", "a=b", Strategy.random()))));
    }

    @Test
    void filtersByVersionEndpointAndMetadata() {
        JsonObject filters = new JsonObject()
                .put("version", "1")
                .put("endpoint", "Greeter.Hello")
                .put("metadata", new JsonObject().put("a", "b"));
        assertThat(read(new JsonObject().put("filters", filters)).filters())
                .containsExactly(Filter.version("1"), Filter.endpoint("Greeter.Hello"), Filter.label("a", "b"));
    }

    @Test
    void leavesTheUsualStrategyToAServiceThatHasFiltersOnly() {
        JsonObject service = new JsonObject().put("name", "s").put("filters", new JsonObject().put("version", "1"));
        assertThat(read(new JsonObject().put("services", new JsonArray().add(service)))
                        .special("s"))
                .isEqualTo(SelectOptions.DEFAULTS.withFilters(Filter.version("1")));
    }

    private static void refuses(JsonObject selector, String message) {
        assertThatThrownBy(() -> read(selector))
                .isInstanceOf(ConfigException.class)
                .hasMessage(message);
    }

    @Test
    void refusesWhatDoesNotFit() {
        refuses(strategy("hash"), "$.selector.hashKey: \"\" (expected: a metadata entry, for the strategy hash)");
        refuses(new JsonObject().put("hashLoadPercent", 99), "$.selector.hashLoadPercent: 99 (expected: >= 100)");
        refuses(
                new JsonObject().put("prefer", new JsonArray().add("=b")),
                "$.selector.prefer[0]: \"=b\" (expected: key=value)");
        JsonArray twice = new JsonArray().add(new JsonObject().put("name", "s")).add(new JsonObject().put("name", "s"));
        refuses(new JsonObject().put("services", twice), "$.selector.services[1].name: \"s\" (expected: once)");
        refuses(
                new JsonObject().put("services", new JsonArray().add(new JsonObject())),
                "$.selector.services[0].name: \"\" (expected: the name of a service)");
        refuses(
                new JsonObject()
                        .put(
                                "services",
                                new JsonArray()
                                        .add(new JsonObject().put("name", "s").put("zoen", "x"))),
                "$.selector.services[0].zoen: unknown key (nearest known: zone)");
    }

    private static NodeSources sources(JsonObject selector) {
        return ServiceDescriptor.parse(new JsonObject().put("selector", selector))
                .sources();
    }

    private static JsonObject type(String name) {
        return new JsonObject().put("type", name);
    }

    private static JsonObject service(JsonObject service) {
        return new JsonObject().put("services", new JsonArray().add(service.put("name", "s")));
    }

    @Test
    void findsNodesInTheRegistryWhereNothingElseIsSaid() {
        for (String name : List.of("cache", "default", "registry", "label", "blacklist")) {
            assertThat(sources(type(name))).isEqualTo(sources(new JsonObject()));
        }
        assertThat(sources(new JsonObject()).registryAsked()).isTrue();
    }

    @Test
    void findsNodesByTheirNamesInADomain() {
        NodeSources sources = sources(type("static")
                .put("static", new JsonObject().put("domain", "svc").put("port", 9001)));
        assertThat(sources.usual()).isEqualTo(SelectorType.STATIC);
        assertThat(sources.fixed()).isEqualTo(new StaticNodes("svc", 9001, Map.of()));
        assertThat(sources.registryAsked()).isFalse();
        assertThat(sources(type("named")).usual()).isEqualTo(SelectorType.NAMED);
    }

    @Test
    void findsTheNodesOfOneServiceElsewhere() {
        NodeSources given = sources(service(
                new JsonObject().put("addresses", new JsonArray().add("a:1").add("b:2"))));
        assertThat(given.usual()).isEqualTo(SelectorType.CACHE);
        assertThat(given.services()).isEqualTo(Map.of("s", SelectorType.STATIC));
        assertThat(given.fixed().addresses()).isEqualTo(Map.of("s", List.of("a:1", "b:2")));
        NodeSources registered = sources(service(type("registry")).put("type", "named"));
        assertThat(registered.services()).isEqualTo(Map.of("s", SelectorType.CACHE));
        assertThat(registered.registryAsked()).isTrue();
    }

    @Test
    void leavesFailingNodesOutAsTheBlacklistOfGoDoes() {
        EjectionOptions ejection = read(type("blacklist")).ejection();
        assertThat(ejection.failures()).isEqualTo(3);
        assertThat(ejection.baseTime()).isEqualTo(Duration.ofSeconds(30));
        assertThat(ejection.maxPercent()).isEqualTo(100);
        assertThat(read(type("blacklist").put("ejection", new JsonObject().put("failures", 7)))
                        .ejection())
                .isEqualTo(ejection.withFailures(7));
    }

    @Test
    void leavesFailingNodesOfOneServiceOutByItsOwnRules() {
        SelectorOptions options = read(service(type("blacklist")).put("ejection", new JsonObject().put("failures", 9)));
        assertThat(options.ejection().failures()).isEqualTo(9);
        assertThat(options.special("s").ejection())
                .isEqualTo(Optional.of(read(type("blacklist")).ejection()));
        SelectorOptions some = read(service(new JsonObject().put("ejection", new JsonObject().put("timeouts", 1)))
                .put("ejection", new JsonObject().put("failures", 9)));
        assertThat(some.special("s").ejection())
                .isEqualTo(Optional.of(some.ejection().withTimeouts(1)));
        assertThat(sources(service(type("label")))).isEqualTo(sources(new JsonObject()));
        assertThat(read(service(type("label"))).special("s").ejection()).isEmpty();
    }

    @Test
    void namesTheNearestTypeOfASelector() {
        refuses(
                type("statick"),
                "$.selector.type: \"statick\" (expected: blacklist | cache | default | dns | label | named | registry |"
                        + " static; nearest known: static)");
    }

    @Test
    void refusesAddressesThatAreNoneOrThatNobodyAsksFor() {
        refuses(
                service(new JsonObject().put("addresses", new JsonArray().add("a"))),
                "$.selector.services[0].addresses[0]: a (expected: host:port, port 1 to 65535)");
        refuses(
                service(new JsonObject().put("addresses", new JsonArray())),
                "$.selector.services[0].addresses: [] (expected: at least one, or no such key)");
        refuses(
                service(type("named").put("addresses", new JsonArray().add("a:1"))),
                "$.selector.services[0].addresses: [a:1] (expected: none, or type static)");
        refuses(
                type("static").put("static", new JsonObject().put("port", 0)),
                "$.selector.static.port: 0 (expected: 1 to 65535)");
    }

    @Test
    void saysWhatIsMissingForDns() {
        refuses(
                type("dns"),
                "$.selector.type: \"dns\" is not installed (expected: dev.vertxmicro:toolkit-registry-dns on the class"
                        + " path)");
    }
}
