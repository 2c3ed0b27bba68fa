package dev.vertxmicro.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.config.Durations;
import dev.vertxmicro.config.Setting;
import dev.vertxmicro.reference.EveryKey;
import dev.vertxmicro.reference.Probe;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the JSON Schema and the code that reads descriptors to each other: types, words, defaults, bounds. */
class SchemaAgreementTest {
    private static final TreeMap<String, Schema> SCHEMA = Schema.read().byPath();

    /** Values of the wrong kind for most keys, and at the bounds of the others. */
    private static final List<Object> WRONG = Arrays.asList(
            null,
            true,
            false,
            0,
            -1,
            1,
            1.5,
            Integer.MIN_VALUE,
            Integer.MAX_VALUE,
            3_000_000_000L,
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            new BigInteger("9".repeat(40)),
            1e300,
            "",
            " ",
            "a b\n\"c\"",
            "localhost:99999",
            "x".repeat(5_000),
            "0",
            "0s",
            "-1s",
            "1ns",
            "1ms",
            "5",
            "9".repeat(30) + "h",
            new JsonArray(),
            new JsonArray().addNull(),
            new JsonArray().add(1).add("a"),
            new JsonArray().add(new JsonObject()),
            new JsonArray().add(new JsonArray()),
            new JsonArray().add("a.b").add("a.b"),
            new JsonArray().add("a"),
            new JsonObject(),
            new JsonObject().putNull("a"),
            new JsonObject().put("a", 1),
            new JsonObject().put("a", new JsonObject().putNull("b")));

    /** Keys whose value must also fit that of another, which no schema says; and why. */
    private static final Map<String, String> TOGETHER = Map.ofEntries(
            Map.entry("$.registry.type", "plugins add types"),
            Map.entry("$.transport.type", "plugins add types"),
            Map.entry("$.broker.type", "plugins add types"),
            Map.entry("$.wrappers[0].type", "plugins add types"),
            Map.entry("$.wrappers[0].api-key.client.key", "needs services or topics"),
            Map.entry("$.wrappers[0].api-key.keys[0].hash", "sha256: or sha512: and digits"),
            Map.entry("$.wrappers[0].breaker.codes", "codes such as 5xx"),
            Map.entry("$.wrappers[0].breaker.windowTime", "whole seconds"),
            Map.entry("$.wrappers[0].jwt.client.file", "needs services or topics"),
            Map.entry("$.wrappers[0].jwt.client.grant.url", "a URL"),
            Map.entry("$.wrappers[0].jwt.client.token", "needs services or topics"),
            Map.entry("$.wrappers[0].jwt.jwks.minRefresh", "at most refresh"),
            Map.entry("$.wrappers[0].jwt.jwks.refresh", "at least minRefresh"),
            Map.entry("$.wrappers[0].jwt.jwks.url", "a URL"),
            Map.entry("$.wrappers[0].jwt.keys[0].algorithm", "one of those that are known"),
            Map.entry("$.wrappers[0].jwt.keys[0].secret", "needs an HS algorithm"),
            Map.entry("$.wrappers[0].jwt.nameClaim", "the name of a claim"),
            Map.entry("$.wrappers[0].jwt.roleClaim", "the name of a claim"),
            Map.entry("$.wrappers[0].jwt.scopeClaim", "the name of a claim"),
            Map.entry("$.wrappers[0].metrics.address", "host:port"),
            Map.entry("$.wrappers[0].metrics.buckets", "rising numbers"),
            Map.entry("$.wrappers[0].metrics.codes", "codes"),
            Map.entry("$.wrappers[0].metrics.path", "the path of a page"),
            Map.entry("$.wrappers[0].mtls.names", "some of uri, dns and cn"),
            Map.entry("$.wrappers[0].retry.backoff", "at most maxBackoff"),
            Map.entry("$.wrappers[0].retry.codes", "codes such as 5xx"),
            Map.entry("$.wrappers[0].retry.maxBackoff", "at least backoff"),
            Map.entry("$.wrappers[0].tracing.batch", "at most queue"),
            Map.entry("$.wrappers[0].tracing.endpoint", "a URL"),
            Map.entry("$.wrappers[0].tracing.exporter", "the name of one"),
            Map.entry("$.wrappers[0].tracing.propagators", "names"),
            Map.entry("$.wrappers[0].tracing.queue", "at least batch"),
            Map.entry("$.wrappers[0].tracing.sample", "a share"),
            Map.entry("$.registry.ttl", "longer than the interval"),
            Map.entry("$.registry.interval", "shorter than the TTL"),
            Map.entry("$.broker.http.registerTtl", "longer than the interval"),
            Map.entry("$.broker.http.registerInterval", "shorter than the TTL"),
            Map.entry("$.broker.http.tls.clientAuth", "needs trust"),
            Map.entry("$.broker.http.tls.crl", "needs trust"),
            Map.entry("$.broker.mqtt.tls.clientAuth", "needs trust"),
            Map.entry("$.broker.mqtt.tls.crl", "needs trust"),
            Map.entry("$.registry.consul.tls.clientAuth", "needs trust"),
            Map.entry("$.registry.consul.tls.crl", "needs trust"),
            Map.entry("$.registry.kubernetes.tls.clientAuth", "needs trust"),
            Map.entry("$.registry.kubernetes.tls.crl", "needs trust"),
            Map.entry("$.registry.kubernetes.address", "a list of addresses"),
            Map.entry("$.registry.kubernetes.token", "not beside tokenFile"),
            Map.entry("$.registry.kubernetes.tokenFile", "not beside token"),
            Map.entry("$.transport.http.tls.clientAuth", "needs trust"),
            Map.entry("$.transport.http.tls.crl", "needs trust"),
            Map.entry("$.broker.mqtt.address", "a list of addresses"),
            Map.entry("$.registry.consul.address", "a list of addresses"),
            Map.entry("$.registry.etcd.address", "a list of addresses"),
            Map.entry("$.registry.etcdv3.address", "a list of addresses"),
            Map.entry("$.registry.etcd.password", "needs a user"),
            Map.entry("$.registry.etcdv3.password", "needs a user"),
            Map.entry("$.registry.etcd.tls.clientAuth", "needs trust"),
            Map.entry("$.registry.etcdv3.tls.clientAuth", "needs trust"),
            Map.entry("$.registry.etcd.tls.crl", "needs trust"),
            Map.entry("$.registry.etcdv3.tls.crl", "needs trust"),
            Map.entry("$.registry.nats.address", "a list of addresses"),
            Map.entry("$.registry.nats.password", "needs a user"),
            Map.entry("$.registry.nats.tls.clientAuth", "needs trust"),
            Map.entry("$.registry.nats.tls.crl", "needs trust"),
            Map.entry("$.registry.nats-kv.address", "a list of addresses"),
            Map.entry("$.registry.nats-kv.password", "needs a user"),
            Map.entry("$.registry.nats-kv.tls.clientAuth", "needs trust"),
            Map.entry("$.registry.nats-kv.tls.crl", "needs trust"),
            Map.entry("$.registry.zookeeper.address", "a list of addresses"),
            Map.entry("$.registry.zookeeper.password", "needs a user"),
            Map.entry("$.registry.zookeeper.user", "needs a password"),
            Map.entry("$.registry.dns.address", "a list of addresses"),
            Map.entry("$.registry.multi.registries", "types of plugins"),
            Map.entry("$.registry.multi.readOnly", "some of registries"),
            Map.entry("$.registry.static.file", "the name of a file"),
            Map.entry("$.registry.dns.minTtl", "at most maxTtl"),
            Map.entry("$.registry.dns.maxTtl", "at least minTtl"),
            Map.entry("$.broker.mqtt.cleanSession", "false needs a clientId"),
            Map.entry("$.broker.mqtt.sessionExpiry", "needs a clientId that lasts, and no cleanSession"),
            Map.entry("$.broker.mqtt.clientId", "no control characters, not too long"),
            Map.entry("$.broker.mqtt.username", "no control characters"),
            Map.entry("$.broker.mqtt.password", "needs a username"),
            Map.entry("$.broker.mqtt.inflight", "at most pendingMessages"),
            Map.entry("$.broker.mqtt.pendingMessages", "at least inflight"),
            Map.entry("$.broker.mqtt.reconnectMin", "at most reconnectMax"),
            Map.entry("$.broker.mqtt.reconnectMax", "at least reconnectMin"),
            Map.entry("$.broker.mqtt.will.topic", "no wildcards, no control characters, not too long"),
            Map.entry("$.selector.strategy", "hash needs hashKey"),
            Map.entry("$.selector.services[0].strategy", "hash needs hashKey"),
            Map.entry("$.bridges[0].topic", "not the dead-letter topic"),
            Map.entry("$.bridges[0].timeout", "needs ack"),
            Map.entry("$.bridges[0].maxAttempts", "needs ack"),
            Map.entry("$.bridges[0].deadLetter", "needs ack"),
            Map.entry("$.bridges[0].redeliveryDelay", "needs ack, at most maxRedeliveryDelay"),
            Map.entry("$.bridges[0].maxRedeliveryDelay", "needs ack, at least redeliveryDelay"));

    static Stream<String> paths() {
        return SCHEMA.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("paths")
    void takesAValueExactlyWhereTheSchemaDoes(String path) {
        List<Object> values = new ArrayList<>(WRONG);
        values.addAll(atTheBounds(schema(path)));
        for (Object value : values) {
            JsonObject descriptor = Probe.descriptor(path, value);
            boolean taken = Schema.read().problems(descriptor).isEmpty();
            Optional<String> refusal = Probe.refusal(descriptor);
            String what = path + " = " + value + ": " + refusal.orElse("taken");
            if (taken && TOGETHER.containsKey(path)) {
                refusal.ifPresent(
                        line -> assertThat(line).as(what).startsWith("$.").doesNotContain("\n"));
                continue;
            }
            assertThat(refusal.isEmpty())
                    .as("%s; by the schema %s", what, taken ? "taken" : "refused")
                    .isEqualTo(taken);
            refusal.ifPresent(line -> assertThat(line)
                    .as(what)
                    .startsWith(path)
                    .matches("[^\\n]{1,400}")
                    .containsAnyOf(" (expected: ", ": unknown key ("));
        }
    }

    private static Schema schema(String path) {
        return Objects.requireNonNull(SCHEMA.get(path), path);
    }

    private static List<Object> atTheBounds(Schema schema) {
        List<Object> values = new ArrayList<>();
        for (String key : List.of("minimum", "maximum")) {
            if (schema.json().getValue(key) instanceof Number bound) {
                values.add(bound);
                values.add(BigInteger.valueOf(bound.longValue())
                        .add(BigInteger.ONE)
                        .intValue());
                values.add(BigInteger.valueOf(bound.longValue())
                        .subtract(BigInteger.ONE)
                        .intValue());
            }
        }
        for (String key : List.of("minimumDuration", "maximumDuration")) {
            String bound = schema.json().getString(key);
            if (bound != null) {
                values.add(bound);
                values.add(Durations.text(Durations.parse(bound).plusNanos(1)));
                values.add(Durations.text(Durations.parse(bound).minusNanos(1)));
            }
        }
        if (schema.json().containsKey("default")) {
            values.add(schema.json().getValue("default"));
        }
        return values;
    }

    @Test
    void listsExactlyTheKeysThatAreRead() {
        Set<String> read = new TreeSet<>();
        EveryKey.settings().forEach(setting -> read.add(setting.path()));
        read.add("$.$schema");
        assertThat(SCHEMA.keySet()).isEqualTo(read);
    }

    @Test
    void saysTheTypesWordsAndDefaultsOfTheOptionRecords() {
        for (Setting setting : EveryKey.settings()) {
            Schema schema = schema(setting.path());
            assertThat(schema.types()).as(setting.path()).isEqualTo(types(setting.kind()));
            if (!setting.choices().isEmpty()) {
                assertThat(schema.json().getJsonArray("enum"))
                        .as(setting.path())
                        .containsExactlyInAnyOrderElementsOf(setting.choices());
            }
            if (EveryKey.COMPUTED.contains(setting.path())) {
                assertThat(schema.json().containsKey("default"))
                        .as(setting.path())
                        .isFalse();
            } else {
                setting.otherwise().ifPresent(otherwise -> assertThat(defaultOf(schema, setting))
                        .as("default of %s", setting.path())
                        .isEqualTo(otherwise));
            }
            assertThat(Boolean.TRUE.equals(schema.json().getBoolean("writeOnly")))
                    .as("writeOnly of %s", setting.path())
                    .isEqualTo(setting.kind() == Setting.Kind.SECRET);
        }
    }

    private static Object defaultOf(Schema schema, Setting setting) {
        Object value = schema.json().getValue("default");
        return switch (setting.kind()) {
            case DURATION -> value == null ? "none" : Durations.parse((String) value);
            case WHOLE_NUMBER -> value instanceof Number number ? number.longValue() : "none";
            case TEXTS, SECTIONS -> value instanceof JsonArray array ? array.getList() : List.of();
            case LIST -> value instanceof String text ? List.of(text.split(",", -1)) : List.of();
            case MAP -> Map.of();
            default -> value == null ? "none" : value;
        };
    }

    private static List<String> types(Setting.Kind kind) {
        return switch (kind) {
            case TEXT, SECRET, CHOICE, DURATION -> List.of("string");
            case INTEGER, WHOLE_NUMBER -> List.of("integer");
            case BOOLEAN -> List.of("boolean");
            case TEXTS, SECTIONS -> List.of("array");
            case LIST -> List.of("string", "array");
            case MAP, SECTION, OBJECT -> List.of("object");
        };
    }

    @Test
    void namesNoDurationThatItsOwnPatternRefuses() {
        SCHEMA.forEach((path, schema) -> {
            if (schema.json().getValue("default") != null) {
                assertThat(schema.problems(schema.json().getValue("default")))
                        .as(path)
                        .isEmpty();
            }
        });
        assertThat(Durations.parse("0")).isEqualTo(Duration.ZERO);
    }
}
