package dev.vertxmicro.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.bridge.access.Grant;
import dev.vertxmicro.bridge.access.TokenOptions;
import dev.vertxmicro.bridge.session.BridgeLimits;
import dev.vertxmicro.bridge.session.TcpOptions;
import dev.vertxmicro.bridge.session.WebOptions;
import dev.vertxmicro.config.ConfigException;
import dev.vertxmicro.config.Secret;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.net.TlsOptions;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BusBridgeOptionsTest {
    private static final String SECRET = "a secret that both sides of it know";

    private static BusBridgeOptions read(String json) {
        return BusBridgeOptions.parse(new JsonObject(json.replace('\'', '"')));
    }

    @Test
    void isClosedUnlessToldOtherwise() {
        assertThat(BusBridgeOptions.from(Section.root(new JsonObject()))).isEqualTo(BusBridgeOptions.CLOSED);
        assertThat(BusBridgeOptions.CLOSED)
                .isEqualTo(new BusBridgeOptions(
                        new TcpOptions("", TlsOptions.OFF),
                        new WebOptions("", "/eventbus", List.of(), TlsOptions.OFF),
                        new TokenOptions("HS256", Secret.NONE, "", "", List.of(), "permissions", Duration.ZERO, true),
                        new BridgeLimits(
                                262_144,
                                1000,
                                250,
                                100,
                                100,
                                5000,
                                2000,
                                100,
                                1_048_576,
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(60)),
                        List.of()));
    }

    @Test
    void readsEachComponent() throws ReflectiveOperationException {
        BusBridgeOptions read = read("{'tcp': {'address': ':7000'},"
                + "'web': {'address': '127.0.0.1:0', 'path': '/bus/v1', 'origins': ['https://a.example:8443']},"
                + "'jwt': {'algorithm': 'HS384', 'secret': '" + SECRET + "', 'issuer': 'us', 'audience': ['bridge'],"
                + " 'claim': 'scope', 'leeway': '5s', 'requireExpiry': false},"
                + "'limits': {'maxMessageBytes': 300, 'maxConnections': 2, 'maxConnectionsPerHost': 1, 'maxHandlers': 3,"
                + " 'maxInFlight': 4, 'maxHandlersInAll': 8, 'maxInFlightInAll': 9, 'maxUnanswered': 5, 'maxPendingBytes': 2048, 'replyTimeout': '6s', 'idleTimeout': '7s'},"
                + "'allow': [{'authority': 'x', 'calls': ['a/*'], 'publish': ['b'], 'subscribe': ['c'], 'queues': ['q'],"
                + " 'serve': ['d/E.F'], 'metadata': ['Tenant'], 'send': ['g'], 'receive': ['h']}]}");
        assertThat(read)
                .isEqualTo(new BusBridgeOptions(
                        TcpOptions.OFF.withAddress(":7000"),
                        new WebOptions("127.0.0.1:0", "/bus/v1", List.of("https://a.example:8443"), TlsOptions.OFF),
                        new TokenOptions(
                                "HS384",
                                Secret.of(SECRET),
                                "",
                                "us",
                                List.of("bridge"),
                                "scope",
                                Duration.ofSeconds(5),
                                false),
                        new BridgeLimits(300, 2, 1, 3, 4, 8, 9, 5, 2048, Duration.ofSeconds(6), Duration.ofSeconds(7)),
                        List.of(new Grant(
                                "x",
                                List.of("a/*"),
                                List.of("b"),
                                List.of("c"),
                                List.of("q"),
                                List.of("d/E.F"),
                                List.of("Tenant"),
                                List.of("g"),
                                List.of("h")))));
        assertAllDiffer(read, BusBridgeOptions.CLOSED);
        assertAllDiffer(read.limits(), BridgeLimits.DEFAULTS);
        assertAllDiffer(read.allow().get(0), Grant.NOTHING);
        assertAllDiffer(read.jwt().withPublicKey("").withAlgorithm("HS512"), TokenOptions.OFF, "publicKey");
    }

    private static void assertAllDiffer(Record changed, Record defaults, String... but)
            throws ReflectiveOperationException {
        for (RecordComponent component : changed.getClass().getRecordComponents()) {
            if (!List.of(but).contains(component.getName())) {
                assertThat(component.getAccessor().invoke(changed))
                        .as(component.getName())
                        .isNotEqualTo(component.getAccessor().invoke(defaults));
            }
        }
    }

    private static void assertRefused(String json, String message) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(ConfigException.class).hasMessage(message);
    }

    @Test
    void saysWhatIsWrongWhere() {
        assertRefused("{}", "$: nowhere to listen (expected: tcp.address, web.address, or both)");
        assertRefused("{'tpc': {}}", "$.tpc: unknown key (nearest known: tcp)");
        assertRefused("{'tcp': {'adress': ':1'}}", "$.tcp.adress: unknown key (nearest known: address)");
        assertRefused("{'tcp': {'address': '1'}}", "$.tcp.address: 1 (expected: host:port, port 0 to 65535)");
        assertRefused(
                "{'tcp': {'address': ':1', 'tls': {}}}",
                "$.tcp.tls: no certificate (expected: tls.certificate and tls.key)");
        assertRefused("{'web': {'path': 'x'}}", "$.web.path: \"x\" (expected: such as /eventbus)");
        assertRefused(
                "{'web': {'origins': ['*']}}",
                "$.web.origins: \"*\" (expected: scheme, host and port, such as https://example.com:8443)");
        assertRefused("{'jwt': {}}", "$.jwt.secret: missing (expected: what tokens are verified by)");
        assertRefused(
                "{'jwt': {'algorithm': 'RS256'}}", "$.jwt.publicKey: missing (expected: what tokens are verified by)");
        assertRefused("{'jwt': {'secret': 'short'}}", "$.jwt.secret: too short (expected: at least 32 characters)");
        assertRefused(
                "{'jwt': {'algorithm': 'none'}}",
                "$.jwt.algorithm: none (expected: one of HS256 to HS512, RS256 to RS512, ES256 to ES512)");
        assertRefused(
                "{'jwt': {'algorithm': 'RS256', 'publicKey': 'gone.pem'}}",
                "$.jwt.publicKey: gone.pem: not readable (expected: a PEM file)");
        assertRefused("{'limits': {'maxMessageBytes': 1}}", "$.limits.maxMessageBytes: 1 (expected: 256 to 536870912)");
        assertRefused("{'limits': {'idleTimeout': '0'}}", "$.limits.idleTimeout: 0 (expected: 1ms to 24h)");
        assertRefused(
                "{'allow': [{'calls': ['greeter']}]}",
                "$.allow[0].calls: \"greeter\" (expected: service/endpoint, such as greeter/Greeter.*)");
        assertRefused(
                "{'allow': [{'topics': ['a']}]}",
                "$.allow[0].topics: unknown key (known: authority, calls, metadata, publish, queues, receive,"
                        + " send, serve, subscribe)");
        assertRefused(
                "{'allow': [{'authority': 'x'}]}",
                "$.allow[0]: grants nothing (expected: calls, publish, subscribe, serve, …)");
        assertRefused(
                "{'allow': [{'send': ['a']}, {'authority': 'x', 'send': ['a']}]}",
                "$.allow[1].authority: \"x\" (expected: none without jwt)");
    }
}
