package dev.vertxmicro.registry.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.Section;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DnsRegistryOptionsTest {
    private static final DnsRegistryOptions DEFAULTS = DnsRegistryOptions.DEFAULTS;

    @Test
    void defaults() {
        assertThat(DEFAULTS)
                .isEqualTo(new DnsRegistryOptions(
                        List.of(),
                        "local",
                        "",
                        0,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(5)));
        assertThat(DnsRegistryProvider.read(Section.root(new JsonObject()))).isEqualTo(DEFAULTS);
    }

    @Test
    void readsEachComponent() throws ReflectiveOperationException {
        DnsRegistryOptions changed = new DnsRegistryOptions(
                List.of("10.0.0.1:53", "[::1]:8600"),
                "service.consul",
                "{service}.{domain}",
                9001,
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                Duration.ofSeconds(4),
                Duration.ofSeconds(6));
        Section section = Section.root(new JsonObject()
                .put("address", "10.0.0.1, [::1]:8600")
                .put("domain", "service.consul")
                .put("name", "{service}.{domain}")
                .put("port", 9001)
                .put("queryTimeout", "2s")
                .put("minTtl", "3s")
                .put("maxTtl", "4s")
                .put("negativeTtl", "6s"));
        assertThat(DnsRegistryProvider.read(section)).isEqualTo(changed);
        section.end();
        for (RecordComponent component : DnsRegistryOptions.class.getRecordComponents()) {
            assertThat(component.getAccessor().invoke(changed))
                    .as(component.getName())
                    .isNotEqualTo(component.getAccessor().invoke(DEFAULTS));
        }
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> DEFAULTS.withAddresses("dns.example"))
                .hasMessage("addresses: \"dns.example\" (expected: IP address of a DNS server, with :port if not 53)");
        assertThatThrownBy(() -> DEFAULTS.withDomain("a..b"))
                .hasMessage("domain: \"a..b\" (expected: such as service.consul, or none)");
        assertThatThrownBy(() -> DEFAULTS.withName("greeter"))
                .hasMessage("name: \"greeter\" (expected: a name with {service} in it, or none)");
        assertThatThrownBy(() -> DEFAULTS.withPort(65536)).hasMessage("port: 65536 (expected: 0 to 65535)");
        assertThatThrownBy(() -> DEFAULTS.withQueryTimeout(Duration.ZERO))
                .hasMessage("queryTimeout: PT0S (expected: > 0)");
        assertThatThrownBy(() -> DEFAULTS.withMinTtl(Duration.ZERO)).hasMessage("minTtl: PT0S (expected: > 0)");
        assertThatThrownBy(() -> DEFAULTS.withMaxTtl(Duration.ofMillis(999)))
                .hasMessage("maxTtl: PT0.999S (expected: >= minTtl, which is PT1S)");
        assertThatThrownBy(() -> DEFAULTS.withNegativeTtl(Duration.ZERO))
                .hasMessage("negativeTtl: PT0S (expected: > 0)");
    }

    @Test
    void asksForTheNameThatGoMicroAsksFor() {
        assertThat(Question.of("greeter", DEFAULTS)).contains(new Question("_greeter._tcp.local", 0));
        assertThat(Question.of("greeter", DEFAULTS.withDomain(""))).contains(new Question("_greeter._tcp", 0));
        assertThat(Question.of("host:9001", DEFAULTS)).contains(new Question("host", 9001));
        assertThat(Question.of("greeter", DEFAULTS.withPort(80))).contains(new Question("greeter.local", 80));
        assertThat(Question.of("greeter", DEFAULTS.withName("_http._tcp.{service}.ns.svc.{domain}")))
                .contains(new Question("_http._tcp.greeter.ns.svc.local", 0));
    }

    @Test
    void asksNothingForANameThatDnsCannotHave() {
        for (String name : List.of("", "a..b", "a b", "ä", "x".repeat(63), "x.".repeat(130) + "x")) {
            assertThat(Question.of(name, DEFAULTS.withName("-{service}.")))
                    .as(name)
                    .isEmpty();
            assertThat(Question.of(name, DEFAULTS.withName("-{service}")))
                    .as(name)
                    .satisfies(question -> {
                        if (!name.isEmpty()) {
                            assertThat(question).isEmpty();
                        }
                    });
        }
    }
}
