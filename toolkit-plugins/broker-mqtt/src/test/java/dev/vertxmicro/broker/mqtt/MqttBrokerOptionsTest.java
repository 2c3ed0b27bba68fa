package dev.vertxmicro.broker.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.broker.mqtt.naming.SubscriberKey;
import dev.vertxmicro.broker.mqtt.naming.TopicNames;
import dev.vertxmicro.broker.mqtt.session.MqttAddress;
import dev.vertxmicro.config.Secret;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.spi.ServiceIdentity;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class MqttBrokerOptionsTest {
    private static final MqttBrokerOptions DEFAULTS = MqttBrokerOptions.DEFAULTS;

    private static MqttBrokerOptions read(JsonObject json) {
        Section section = Section.root(json);
        MqttBrokerOptions options = MqttBrokerProvider.read(section);
        section.end();
        return options;
    }

    @Test
    void defaults() {
        assertThat(DEFAULTS)
                .isEqualTo(new MqttBrokerOptions(
                        List.of("127.0.0.1:1883"),
                        new MqttLogin(
                                "",
                                "",
                                Secret.NONE,
                                MqttSessions.QUEUES,
                                Duration.ofMinutes(5),
                                Duration.ofSeconds(30),
                                Optional.empty()),
                        TlsOptions.OFF,
                        1,
                        MqttPayload.MICRO,
                        new MqttReconnect(true, Duration.ofSeconds(5), Duration.ofMillis(100), Duration.ofSeconds(10)),
                        new MqttLimits(100, 10_000, 64 << 20, Duration.ofSeconds(30), 16 << 20)));
        assertThat(read(new JsonObject())).isEqualTo(DEFAULTS);
    }

    @Test
    void readsEachComponent() throws ReflectiveOperationException {
        MqttWill will = new MqttWill("last", "gone", 2, true);
        MqttBrokerOptions changed = DEFAULTS.withAddresses(List.of("a", "ssl://b:1"))
                .withLogin(MqttLogin.DEFAULTS
                        .withClientId("me")
                        .withSessions(MqttSessions.ALL, Duration.ofMinutes(5))
                        .withUser("davie", "secret")
                        .withKeepAlive(Duration.ofSeconds(5))
                        .withWill(will))
                .withTls(TlsOptions.ON.withVerify(false))
                .withQos(2)
                .withPayload(MqttPayload.RAW)
                .withReconnect(
                        new MqttReconnect(false, Duration.ofSeconds(1), Duration.ofMillis(50), Duration.ofMillis(500)))
                .withLimits(new MqttLimits(7, 70, 700, Duration.ofSeconds(3), 7000));
        JsonObject json = new JsonObject()
                .put("address", "a, ssl://b:1")
                .put("clientId", "me")
                .put("username", "davie")
                .put("password", "secret")
                .put("cleanSession", false)
                .put("keepAlive", "5s")
                .put("tls", new JsonObject().put("verify", false))
                .put("qos", 2)
                .put("payload", "raw")
                .put("required", false)
                .put("connectTimeout", "1s")
                .put("reconnectMin", "50ms")
                .put("reconnectMax", "500ms")
                .put("inflight", 7)
                .put("pendingMessages", 70)
                .put("pendingBytes", 700)
                .put("publishTimeout", "3s")
                .put("maxMessageBytes", 7000)
                .put(
                        "will",
                        new JsonObject()
                                .put("topic", "last")
                                .put("payload", "gone")
                                .put("qos", 2)
                                .put("retain", true));
        assertThat(read(json)).isEqualTo(changed);
        assertAllDiffer(changed, DEFAULTS, MqttBrokerOptions.class);
        MqttLogin expiring = changed.login().withSessions(MqttSessions.ALL, Duration.ofHours(1));
        assertAllDiffer(expiring, DEFAULTS.login(), MqttLogin.class);
        assertAllDiffer(changed.reconnect(), DEFAULTS.reconnect(), MqttReconnect.class);
        assertAllDiffer(changed.limits(), DEFAULTS.limits(), MqttLimits.class);
    }

    private static void assertAllDiffer(Object changed, Object defaults, Class<? extends Record> type)
            throws ReflectiveOperationException {
        for (RecordComponent component : type.getRecordComponents()) {
            assertThat(component.getAccessor().invoke(changed))
                    .as(component.getName())
                    .isNotEqualTo(component.getAccessor().invoke(defaults));
        }
    }

    @Test
    void changesOneThingAtATime() {
        MqttLimits limits = MqttLimits.DEFAULTS
                .withInflight(3)
                .withPending(4, 5)
                .withPublishTimeout(Duration.ofSeconds(6))
                .withMaxMessageBytes(7);
        assertThat(limits).isEqualTo(new MqttLimits(3, 4, 5, Duration.ofSeconds(6), 7));
        MqttReconnect reconnect = MqttReconnect.DEFAULTS
                .withRequired(false)
                .withConnectTimeout(Duration.ofSeconds(1))
                .withPauses(Duration.ofSeconds(2), Duration.ofSeconds(3));
        assertThat(reconnect)
                .isEqualTo(
                        new MqttReconnect(false, Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3)));
        assertThat(MqttLogin.DEFAULTS.withClientId("x").clientId()).isEqualTo("x");
    }

    @Test
    void refusesWhatIsOutOfRange() {
        refuses(() -> DEFAULTS.withAddresses(List.of()), "addresses: none (expected: host:port of a server, >= 1)");
        refuses(() -> DEFAULTS.withAddresses(List.of("ws://a")), "address: \"ws://a\" (expected: host, host:port, tcp");
        refuses(() -> DEFAULTS.withAddresses(List.of("a:0")), "address: \"a:0\"");
        refuses(() -> DEFAULTS.withQos(3), "qos: 3 (expected: 0, 1 or 2)");
        refuses(() -> MqttLimits.DEFAULTS.withInflight(0), "inflight: 0 (expected: 1 to 10000)");
        refuses(() -> MqttLimits.DEFAULTS.withInflight(10_001), "inflight: 10001 (expected: 1 to 10000)");
        refuses(() -> MqttLimits.DEFAULTS.withPending(99, 1), "pendingMessages: 99 (expected: >= inflight, 100)");
        refuses(() -> MqttLimits.DEFAULTS.withPending(100, 0), "pendingBytes: 0 (expected: >= 1)");
        refuses(() -> MqttLimits.DEFAULTS.withPublishTimeout(Duration.ZERO), "publishTimeout: PT0S (expected: > 0)");
        refuses(() -> MqttLimits.DEFAULTS.withMaxMessageBytes(0), "maxMessageBytes: 0");
        refuses(() -> MqttLogin.DEFAULTS.withKeepAlive(Duration.ZERO), "keepAlive: PT0S (expected: 1 s to 65535 s)");
        refuses(() -> MqttLogin.DEFAULTS.withUser("", "x"), "username: empty (expected: one, as there is a password)");
        refuses(() -> MqttLogin.DEFAULTS.withKeptSession(""), "clientId: empty (expected: one, as cleanSession is");
        refuses(
                () -> MqttReconnect.DEFAULTS.withPauses(Duration.ofSeconds(2), Duration.ofSeconds(1)),
                "reconnectMax: PT1S (expected: >= reconnectMin, PT2S)");
        refuses(() -> new MqttWill("a/#", "", 0, false), "topic: a/# (expected: a name without the wildcards");
        refuses(() -> new MqttWill("a", "", 3, false), "qos: 3 (expected: 0, 1 or 2)");
    }

    private static void refuses(ThrowingCallable change, String message) {
        assertThatIllegalArgumentException().isThrownBy(change).withMessageStartingWith(message);
    }

    @Test
    void namesTheKeyThatIsWrong() {
        assertThatThrownBy(() -> read(new JsonObject().put("cleanSession", false)))
                .hasMessage("$.clientId: empty (expected: one, as cleanSession is false)");
        assertThatThrownBy(() -> read(new JsonObject().put("will", new JsonObject().put("payload", "x"))))
                .hasMessage("$.will.topic: empty (expected: a name)");
        assertThatThrownBy(() -> read(new JsonObject().put("address", "")))
                .hasMessage("$.address: none (expected: host:port of a server, >= 1)");
        assertThatThrownBy(() -> read(new JsonObject().put("payload", "json")))
                .hasMessageStartingWith("$.payload: \"json\" (expected: micro | raw");
    }

    @Test
    void readsWhichSessionsAreKept() {
        assertThat(read(new JsonObject().put("clientId", "me").put("sessionExpiry", "1h"))
                        .login())
                .isEqualTo(
                        MqttLogin.DEFAULTS.withClientId("me").withSessions(MqttSessions.QUEUES, Duration.ofHours(1)));
        assertThat(read(new JsonObject().put("clientId", "me").put("cleanSession", true))
                        .login()
                        .sessions())
                .isEqualTo(MqttSessions.NONE);
        JsonObject changing = new JsonObject().put("clientId", "{service}-{id}");
        assertThat(read(changing, false).login().sessions()).isEqualTo(MqttSessions.NONE);
        assertThatThrownBy(() -> read(changing.copy().put("cleanSession", false), false))
                .hasMessage(
                        "$.clientId: \"{service}-{id}\" without a server.id (expected: an id that is the same after a"
                                + " restart, as cleanSession is false)");
        assertThatThrownBy(() -> read(changing.copy().put("sessionExpiry", "1m"), false))
                .hasMessage(
                        "$.sessionExpiry: given, but the clientId is {service}-{id} without a server.id (expected: one"
                                + " that is the same after a restart)");
        assertThatThrownBy(() -> read(new JsonObject().put("sessionExpiry", "1m")))
                .hasMessageStartingWith("$.sessionExpiry: given, but the clientId is empty");
        assertThatThrownBy(() -> read(new JsonObject()
                        .put("sessionExpiry", "1m")
                        .put("clientId", "a")
                        .put("cleanSession", true)))
                .hasMessageStartingWith("$.sessionExpiry: given, but cleanSession is true");
    }

    @Test
    void fillsInTheClientId() {
        assertThat(read(new JsonObject().put("clientId", "{service}/{id}/{queue}"), true)
                        .login()
                        .clientId())
                .isEqualTo("greeter/7/{queue}");
        assertThat(read(new JsonObject().put("clientId", "{host}")).login().clientId())
                .isNotEmpty()
                .doesNotContain("{");
        SubscriberKey queue = SubscriberKey.of("a", Optional.of("q"));
        assertThat(queue.clientId("greeter-7")).isEqualTo("greeter-7-q");
        assertThat(queue.clientId("{queue}@7")).isEqualTo("q@7");
        assertThat(SubscriberKey.of("a", Optional.empty()).clientId("{queue}@7"))
                .isEqualTo("sub@7");
        assertThat(SubscriberKey.publishing("{queue}@7")).isEqualTo("pub@7");
        assertThat(SubscriberKey.publishing("greeter-7")).isEqualTo("greeter-7");
        refuses(
                () -> MqttLogin.DEFAULTS.withClientId("a-{node}"),
                "clientId: \"{node}\" in it (expected: {service} | {id} | {host} | {queue})");
        refuses(() -> MqttLogin.DEFAULTS.withClientId("a\tb"), "clientId: has the character U+0009");
    }

    @Test
    void letsTheWindowFollowTheQualityOfService() {
        assertThat(read(new JsonObject().put("qos", 2)).limits().inflight()).isEqualTo(20);
        assertThat(DEFAULTS.withQos(2).limits().inflight()).isEqualTo(20);
        assertThatThrownBy(() -> read(new JsonObject().put("qos", 2).put("inflight", 50)))
                .hasMessage("$.inflight: 50 (expected: 1 to 20, as qos is 2)");
        assertThat(read(new JsonObject().put("reconnectMin", "20s")).reconnect().max())
                .isEqualTo(Duration.ofSeconds(20));
    }

    private static MqttBrokerOptions read(JsonObject json, boolean lasting) {
        return Section.root(json)
                .build(() -> MqttBrokerProvider.read(Section.root(json), new ServiceIdentity("greeter", "7", lasting)));
    }

    @Test
    void readsAddressesAsThePluginOfGoDoes() {
        assertThat(MqttAddress.parse("10.1.2.3", false)).isEqualTo(new MqttAddress("10.1.2.3", 1883, false));
        assertThat(MqttAddress.parse("tcp://host:1", true)).isEqualTo(new MqttAddress("host", 1, false));
        assertThat(MqttAddress.parse("ssl://host", false)).isEqualTo(new MqttAddress("host", 8883, true));
        assertThat(MqttAddress.parse("host", true)).isEqualTo(new MqttAddress("host", 8883, true));
        assertThat(MqttAddress.parse("[::1]:5", false)).isEqualTo(new MqttAddress("::1", 5, false));
        assertThat(MqttAddress.parse("::1", false)).hasToString("[::1]:1883");
    }

    @Test
    void showsNoPassword() {
        assertThat(DEFAULTS.withLogin(MqttLogin.DEFAULTS.withUser("davie", "secret")))
                .asString()
                .contains("username=davie, password=***")
                .doesNotContain("secret");
    }

    @Test
    void checksNamesOfTopics() {
        TopicNames.requireName("a/b c.d");
        TopicNames.requireFilter("+/a/+/#");
        TopicNames.requireFilter("#");
        for (String wrong : List.of("a+", "+a/b", "a/#/b", "a#", "##")) {
            assertThatIllegalArgumentException()
                    .as(wrong)
                    .isThrownBy(() -> TopicNames.requireFilter(wrong))
                    .withMessage("topic: " + wrong + " (expected: + as a whole level, # as the last one)");
        }
        refuses(() -> TopicNames.requireName("a/+"), "topic: a/+ (expected: a name without the wildcards + and #)");
        for (String wrong :
                List.of("a\0", "a\tb", "a\u007f", "\u009f", "\ud800a", "\ufffe", "\ufdd0", "\ud83f\udffe")) {
            refuses(() -> TopicNames.requireName(wrong), "topic: has the character U+");
            refuses(() -> TopicNames.requireFilter(wrong), "topic: has the character U+");
            refuses(() -> TopicNames.requireQueue(wrong), "queue: has the character U+");
        }
        refuses(
                () -> TopicNames.requireName("a\tb"),
                "topic: has the character U+0009 (expected: none of the controls, surrogates and non-characters)");
        TopicNames.requireName("x".repeat(65_535));
        refuses(() -> TopicNames.requireName("x".repeat(65_536)), "topic: 65536 bytes (expected: <= 65535)");
        refuses(() -> TopicNames.requireName("\u00fc".repeat(32_768)), "topic: 65536 bytes");
        refuses(() -> TopicNames.requireQueue("a/b"), "queue: a/b (expected: a name without /, + and #)");
    }
}
