package dev.vertxmicro.wrapper.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.Secret;
import dev.vertxmicro.config.Section;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class JwtOptionsTest {
    private static final JwtOptions DEFAULTS = JwtOptions.DEFAULTS;
    private static final JwtOptions CHANGED = new JwtOptions(
            List.of(new JwtKeyOptions("k", "HS512", Secret.of("s"), "")),
            new JwksOptions(
                    "https://issuer.example/keys",
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(3),
                    4096,
                    List.of("ca.pem")),
            new ClaimOptions("me", List.of("a", "b"), Duration.ofSeconds(4), List.of("c"), "n", "s", "r"),
            new AdmissionOptions(false, List.of("Debug.*"), List.of("news")),
            512,
            7,
            new TokenSourceOptions(
                    Secret.NONE,
                    "",
                    Duration.ofSeconds(5),
                    new GrantOptions(
                            "https://issuer.example/token",
                            "id",
                            Secret.of("hidden"),
                            "sc",
                            "au",
                            Duration.ofSeconds(6),
                            Duration.ofSeconds(8),
                            List.of("cb.pem")),
                    List.of("*"),
                    List.of("t")));

    @Test
    void defaults() {
        assertThat(JwtProvider.read(Section.root(new JsonObject()))).isEqualTo(DEFAULTS);
        assertThat(DEFAULTS.maxBytes()).isEqualTo(8192);
        assertThat(DEFAULTS.cacheSize()).isEqualTo(10_000);
        assertThat(DEFAULTS.jwks())
                .isEqualTo(new JwksOptions(
                        "", Duration.ofMinutes(5), Duration.ofSeconds(10), Duration.ofSeconds(5), 262_144, List.of()));
        assertThat(DEFAULTS.claims())
                .isEqualTo(new ClaimOptions("", List.of(), Duration.ofSeconds(30), List.of(), "sub", "scope", "roles"));
        assertThat(DEFAULTS.admission()).isEqualTo(new AdmissionOptions(true, List.of(), List.of()));
        assertThat(DEFAULTS.client().fileInterval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(DEFAULTS.client().grant().renewBefore()).isEqualTo(Duration.ofSeconds(30));
        assertThat(DEFAULTS.client().grant().timeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void readsEachComponent() throws ReflectiveOperationException {
        JsonObject key =
                new JsonObject().put("id", "k").put("algorithm", "HS512").put("secret", "s");
        JsonObject jwks = new JsonObject()
                .put("url", "https://issuer.example/keys")
                .put("refresh", "1m")
                .put("minRefresh", "2s")
                .put("timeout", "3s")
                .put("maxBytes", 4096)
                .put("trust", new JsonArray().add("ca.pem"));
        JsonObject grant = new JsonObject()
                .put("url", "https://issuer.example/token")
                .put("clientId", "id")
                .put("clientSecret", "hidden")
                .put("scope", "sc")
                .put("audience", "au")
                .put("renewBefore", "6s")
                .put("timeout", "8s")
                .put("trust", new JsonArray().add("cb.pem"));
        Section section = Section.root(new JsonObject()
                .put("keys", new JsonArray().add(key))
                .put("jwks", jwks)
                .put("issuer", "me")
                .put("audience", "a, b")
                .put("clockSkew", "4s")
                .put("requiredClaims", "c")
                .put("nameClaim", "n")
                .put("scopeClaim", "s")
                .put("roleClaim", "r")
                .put("required", false)
                .put("open", "Debug.*")
                .put("openTopics", "news")
                .put("maxBytes", 512)
                .put("cacheSize", 7)
                .put(
                        "client",
                        new JsonObject()
                                .put("fileInterval", "5s")
                                .put("grant", grant)
                                .put("services", "*")
                                .put("topics", "t")));
        assertThat(JwtProvider.read(section)).isEqualTo(CHANGED);
        section.end();
        for (Record part : List.of(
                CHANGED,
                CHANGED.jwks(),
                CHANGED.claims(),
                CHANGED.admission(),
                CHANGED.client().grant())) {
            Object defaults = part.getClass().getField("DEFAULTS").get(null);
            for (RecordComponent component : part.getClass().getRecordComponents()) {
                assertThat(component.getAccessor().invoke(part))
                        .as(component.getName())
                        .isNotEqualTo(component.getAccessor().invoke(defaults));
            }
        }
        assertThat(CHANGED.toString()).doesNotContain("hidden");
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> DEFAULTS.withMaxBytes(255)).hasMessage("maxBytes: 255 (expected: 256 to 65536)");
        assertThatThrownBy(() -> DEFAULTS.withMaxBytes(65537)).hasMessageContaining("maxBytes");
        assertThatThrownBy(() -> DEFAULTS.withCacheSize(-1)).hasMessage("cacheSize: -1 (expected: 0 to 1000000)");
        JwksOptions jwks = JwksOptions.DEFAULTS;
        for (String url : List.of("keys", "ftp://x/y", "https://user:pw@x/y", "https://", "ht tp://x")) {
            assertThatThrownBy(() -> jwks.withUrl(url)).as(url).hasMessageContaining("url: ");
        }
        assertThatThrownBy(() -> jwks.withRefresh(Duration.ofSeconds(9)))
                .hasMessage("refresh: PT9S (expected: >= minRefresh, which is PT10S)");
        assertThatThrownBy(() -> jwks.withMinRefresh(Duration.ZERO)).hasMessage("minRefresh: PT0S (expected: > 0)");
        assertThatThrownBy(() -> jwks.withTimeout(Duration.ZERO)).hasMessage("timeout: PT0S (expected: > 0)");
        assertThatThrownBy(() -> jwks.withMaxBytes(1023)).hasMessage("maxBytes: 1023 (expected: 1024 to 16777216)");
        ClaimOptions claims = ClaimOptions.DEFAULTS;
        assertThatThrownBy(() -> claims.withClockSkew(Duration.ofSeconds(601)))
                .hasMessage("clockSkew: PT10M1S (expected: 0s to 10m)");
        assertThatThrownBy(() -> claims.withNameClaim(" "))
                .hasMessage("nameClaim: \"\" (expected: the name of a claim)");
        assertThatThrownBy(() -> claims.withAudiences("")).hasMessageContaining("audiences: []");
        TokenSourceOptions client = TokenSourceOptions.DEFAULTS;
        assertThatThrownBy(() -> client.withToken(Secret.of("t")))
                .hasMessage("services: [] (expected: to whom the token goes, * for all; or topics)");
        assertThatThrownBy(
                        () -> client.withServices("*").withToken(Secret.of("t")).withFile("f"))
                .hasMessage("token: not alone (expected: one of token, file and grant)");
        assertThatThrownBy(() -> client.withServices("*").withToken(Secret.of("t t")))
                .hasMessage("token: *** (expected: a token without blanks)");
        assertThatThrownBy(() -> client.withFileInterval(Duration.ZERO))
                .hasMessage("fileInterval: PT0S (expected: > 0)");
        assertThatThrownBy(() -> GrantOptions.DEFAULTS.withUrl("https://x/t"))
                .hasMessage("clientId: missing (expected: who asks at url)");
        assertThatThrownBy(() -> GrantOptions.DEFAULTS.withRenewBefore(Duration.ofSeconds(-1)))
                .hasMessage("renewBefore: PT-1S (expected: >= 0)");
    }

    @Test
    void isForTheServiceUnlessToldOtherwise() {
        assertThat(ClaimOptions.DEFAULTS.rules("greeter").audiences()).containsExactly("greeter");
        assertThat(ClaimOptions.DEFAULTS.withAudiences("x").rules("greeter").audiences())
                .containsExactly("x");
        assertThat(ClaimOptions.DEFAULTS.withAudiences("*").rules("greeter").audiences())
                .isEmpty();
    }
}
