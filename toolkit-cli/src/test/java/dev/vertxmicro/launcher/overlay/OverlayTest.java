package dev.vertxmicro.launcher.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.config.ConfigException;
import dev.vertxmicro.descriptor.ServiceDescriptor;
import dev.vertxmicro.selector.Filter;
import dev.vertxmicro.server.ServerOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OverlayTest {
    private static final JsonObject FILE =
            new JsonObject().put("service", new JsonObject().put("name", "file").put("version", "1"));

    private static Overlay flags(String name, String... values) {
        return Overlay.of(Map.of(name, List.of(values)), Map.of());
    }

    @Test
    void flagWinsOverVariableOverFileOverDefault() {
        Map<String, String> variables = Map.of("MICRO_SERVER_NAME", "variable", "MICRO_SERVER_VERSION", "2");
        JsonObject laid =
                Overlay.of(Map.of("server_name", List.of("flag")), variables).over(FILE);
        assertThat(laid.getJsonObject("service").getMap()).isEqualTo(Map.of("name", "flag", "version", "2"));
        assertThat(Overlay.of(Map.of(), Map.of()).over(FILE)).isEqualTo(FILE);
        assertThat(ServiceDescriptor.parse(new JsonObject()).server().name()).isEqualTo("go.micro.server");
    }

    @Test
    void leavesTheFileAsItIs() {
        JsonObject before = FILE.copy();
        flags("server_name", "other").over(FILE);
        assertThat(FILE).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "registry, consul, registry, type, consul",
        "register_ttl, 10, registry, ttl, 10s",
        "register_ttl, 1m30s, registry, ttl, 1m30s",
        "register_interval, 5, registry, interval, 5s",
        "client_request_timeout, 3s, client, requestTimeout, 3s",
        "client_pool_ttl, 3s, client, poolTtl, 3s",
        "client, rpc, client, type, rpc",
        "server, rpc, server, type, rpc",
        "server_name, a, service, name, a",
        "server_version, a, service, version, a",
        "server_id, a, server, id, a",
        "server_address, :1, server, address, :1",
        "server_advertise, h:1, server, advertise, h:1",
        "selector, static, selector, type, static",
        "selector_strategy, round-robin, selector, strategy, round-robin",
        "selector_hash_key, User, selector, hashKey, User",
        "selector_zone, eu, selector, zone, eu",
        "transport, http, transport, type, http",
        "broker, memory, broker, type, memory"
    })
    void putsAFlagWhereItBelongs(String flag, String value, String section, String key, String expected) {
        JsonObject laid = flags(flag, value).over(new JsonObject());
        assertThat(laid.getJsonObject(section).getString(key)).isEqualTo(expected);
    }

    @Test
    void filtersNodesByFlags() {
        JsonObject laid = flags("selector_metadata", "a=1", "b=2")
                .over(flags("selector_version", "2")
                        .over(flags("selector_endpoint", "Greeter.Hello").over(new JsonObject())));
        assertThat(ServiceDescriptor.parse(laid).selector().filters())
                .containsExactlyInAnyOrder(
                        Filter.version("2"),
                        Filter.endpoint("Greeter.Hello"),
                        Filter.label("a", "1"),
                        Filter.label("b", "2"));
        JsonObject broken = new JsonObject().put("selector", new JsonObject().put("filters", "v2"));
        assertThatThrownBy(() -> flags("selector_version", "2").over(broken))
                .hasMessageStartingWith("$.selector.filters: ");
    }

    @Test
    void putsWrappersOutsideOfThoseThatAreThere() {
        JsonObject guarded = new JsonObject("{\"wrappers\": [{\"type\": \"jwt\", \"jwt\": {\"issuer\": \"us\"}}]}");
        JsonObject laid = flags("wrappers", "logging,jwt", "metrics").over(guarded);
        assertThat(laid.getJsonArray("wrappers"))
                .isEqualTo(
                        new JsonArray("[{\"type\": \"logging\"}, {\"type\": \"metrics\"}, {\"type\": \"jwt\", \"jwt\":"
                                + " {\"issuer\": \"us\"}}]"));
        assertThat(Overlay.of(Map.of(), Map.of("MICRO_WRAPPERS", "logging"))
                        .over(new JsonObject())
                        .getJsonArray("wrappers"))
                .isEqualTo(new JsonArray("[{\"type\": \"logging\"}]"));
        assertThatThrownBy(() -> flags("wrappers", "logging,"))
                .hasMessage("--wrappers: \"logging,\" (expected: types with commas between)");
        assertThatThrownBy(() -> flags("wrappers", "logging").over(new JsonObject().put("wrappers", "jwt")))
                .hasMessage("$.wrappers: no list (expected: a list of objects)");
    }

    @Test
    void saysByFlagsWhereServicesAre() {
        JsonObject laid = flags("selector_static_domain", "svc.example")
                .over(flags("selector_static_port", "9001")
                        .over(flags("selector", "static").over(new JsonObject())));
        assertThat(ServiceDescriptor.parse(laid).sources().fixed().apply("greeter"))
                .containsExactly("greeter.svc.example:9001");
    }

    @Test
    void renewsInTimeWhereOnlyTheTtlIsSet() {
        Overlay variable = Overlay.of(Map.of(), Map.of("MICRO_REGISTER_TTL", "10"));
        JsonObject file = new JsonObject().put("registry", new JsonObject().put("ttl", "10s"));
        for (JsonObject json :
                List.of(flags("register_ttl", "10").over(new JsonObject()), variable.over(new JsonObject()), file)) {
            ServerOptions server = ServiceDescriptor.parse(json).server();
            assertThat(server.registerTtl()).isEqualTo(Duration.ofSeconds(10));
            assertThat(server.registerInterval()).isEqualTo(Duration.ofSeconds(5));
        }
    }

    @Test
    void refusesAnIntervalThatIsNotWithinTheTtl() {
        JsonObject file = new JsonObject().put("registry", new JsonObject().put("interval", "30s"));
        assertThatThrownBy(() ->
                        ServiceDescriptor.parse(flags("register_ttl", "10").over(file)))
                .hasMessage("$.registry.interval: 30s (expected: < 10s, how long a registration holds)");
        assertThatThrownBy(() ->
                        ServiceDescriptor.parse(flags("register_interval", "60").over(new JsonObject())))
                .hasMessage("$.registry.interval: 1m (expected: < 1m, how long a registration holds)");
        assertThat(ServiceDescriptor.parse(flags("register_ttl", "0").over(file))
                        .server()
                        .registerInterval())
                .isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @CsvSource({"client_retries, retries", "client_pool_size, poolSize"})
    void readsNumbers(String flag, String key) {
        JsonObject laid = flags(flag, "7").over(new JsonObject());
        assertThat(laid.getJsonObject("client").getValue(key)).isEqualTo(7);
        assertThatThrownBy(() -> flags(flag, "x"))
                .hasMessage("--" + flag + ": \"x\" (expected: a whole number)")
                .isInstanceOf(LaunchException.class);
    }

    @Test
    void putsAnAddressIntoTheSectionOfTheTypeThatIsChosen() {
        Map<String, List<String>> typed =
                Map.of("registry", List.of("consul"), "registry_address", List.of("127.0.0.1:8500"));
        assertThat(Overlay.of(typed, Map.of()).over(new JsonObject()).getJsonObject("registry"))
                .isEqualTo(new JsonObject()
                        .put("type", "consul")
                        .put("consul", new JsonObject().put("address", "127.0.0.1:8500")));
        assertThat(flags("registry_address", "239.1.2.3:5353")
                        .over(new JsonObject())
                        .getJsonObject("registry")
                        .getJsonObject("mdns")
                        .getString("address"))
                .isEqualTo("239.1.2.3:5353");
    }

    @Test
    void saysThatATypeHasNoAddress() {
        Overlay transport = flags("transport_address", ":9000");
        assertThat(transport.explain("g.json", refusal(transport, new JsonObject())))
                .isEqualTo("--transport_address: http has no address (expected: --server_address for where a server"
                        + " listens)");
        Overlay registry =
                Overlay.of(Map.of("registry", List.of("memory")), Map.of("MICRO_REGISTRY_ADDRESS", "127.0.0.1:1"));
        assertThat(registry.explain("", refusal(registry, new JsonObject())))
                .isEqualTo("MICRO_REGISTRY_ADDRESS: memory has no address (expected: none, or another --registry)");
    }

    @Test
    void replacesMetadataByRepeatedFlagsOrACommaList() {
        JsonObject file =
                new JsonObject().put("service", new JsonObject().put("metadata", new JsonObject().put("old", "x")));
        JsonObject expected = new JsonObject().put("a", "1").put("b", "2=3");
        assertThat(flags("server_metadata", "a=1", "b=2=3")
                        .over(file)
                        .getJsonObject("service")
                        .getJsonObject("metadata"))
                .isEqualTo(expected);
        assertThat(Overlay.of(Map.of(), Map.of("MICRO_SERVER_METADATA", "a=1,b=2=3"))
                        .over(file)
                        .getJsonObject("service")
                        .getJsonObject("metadata"))
                .isEqualTo(expected);
        assertThatThrownBy(() -> flags("server_metadata", "a"))
                .hasMessage("--server_metadata: \"a\" (expected: key=value)");
    }

    @Test
    void namesTheFlagOrVariableThatIsWrongAndOtherwiseTheFile() {
        Overlay overlay =
                Overlay.of(Map.of("registry", List.of("consul")), Map.of("MICRO_CLIENT_REQUEST_TIMEOUT", "5 seconds"));
        ConfigException timeout = refusal(overlay, new JsonObject());
        assertThat(overlay.explain("g.json", timeout))
                .startsWith("MICRO_CLIENT_REQUEST_TIMEOUT: \"5 seconds\" (expected: a duration");
        ConfigException typo = refusal(flags("server_name", "x"), new JsonObject().put("servre", 1));
        assertThat(flags("server_name", "x").explain("g.json", typo))
                .isEqualTo("g.json: $.servre: unknown key (nearest known: server)");
    }

    private static ConfigException refusal(Overlay overlay, JsonObject file) {
        return catchThrowableOfType(ConfigException.class, () -> ServiceDescriptor.parse(overlay.over(file)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MICRO_PLUGIN", "MICRO_DEBUG_PROFILE", "MICRO_RUNTIME", "MICRO_ROUTER", "MICRO_PROXY"})
    void refusesVariablesThatMeanNothingHere(String name) {
        assertThatThrownBy(() -> Overlay.of(Map.of(), Map.of(name, "x")))
                .isInstanceOf(LaunchException.class)
                .hasMessageStartingWith(name + ": means nothing here; ");
        assertThat(Overlay.of(Map.of(), Map.of(name, "")).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void everyFlagHasAVariableOfItsOwn(MicroFlag flag) {
        String value =
                switch (flag.kind()) {
                    case NUMBER, SECONDS -> "3";
                    case DURATION -> "3s";
                    case ENTRIES -> "a=b";
                    case TEXT, TYPES -> "x";
                };
        Map<String, String> variable = Map.of("MICRO_" + flag.name(), value);
        assertThat(Overlay.of(Map.of(), variable).over(new JsonObject()))
                .isEqualTo(flags(flag.flag(), value).over(new JsonObject()))
                .isNotEqualTo(new JsonObject());
    }
}
