package dev.vertxmicro.wrapper.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Principal;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One set of rules over all proofs. */
class AuthorizationTest {
    private static final AuthorizationOptions NONE = AuthorizationOptions.DEFAULTS;
    private static final AuthorizationRule ALL = AuthorizationRule.DEFAULTS;

    private static Optional<Principal> who(String name, String scheme, Set<String> scopes, Set<String> roles) {
        return Optional.of(new Principal(name, scheme, scopes, roles, new JsonObject()));
    }

    private static final Optional<Principal> NOBODY = Optional.empty();
    private static final Optional<Principal> DAVIE = who("davie", "jwt", Set.of("greet", "wave"), Set.of("user"));
    private static final Optional<Principal> SHOP = who("shop", "api-key", Set.of("greet"), Set.of());
    private static final Optional<Principal> ADMIN = who("root", "mtls", Set.of(), Set.of("admin"));

    @Test
    void deniesWhatNoRuleAllows() {
        assertThat(NONE.allow(false, "Greeter.Hello", ADMIN)).isFalse();
        assertThat(NONE.allow(true, "events", ADMIN)).isFalse();
        assertThat(NONE.withRules(ALL).allow(false, "Greeter.Hello", ADMIN)).isTrue();
        assertThat(NONE.withRules(ALL).allow(false, "Greeter.Hello", NOBODY)).isFalse();
    }

    @Test
    void asksForAllScopesAndForOneOfTheRoles() {
        AuthorizationOptions scopes = NONE.withRules(ALL.withScopes("greet", "wave"));
        assertThat(scopes.allow(false, "X.Y", DAVIE)).isTrue();
        assertThat(scopes.allow(false, "X.Y", SHOP)).isFalse();
        AuthorizationOptions roles = NONE.withRules(ALL.withRoles("admin", "user"));
        assertThat(roles.allow(false, "X.Y", DAVIE)).isTrue();
        assertThat(roles.allow(false, "X.Y", ADMIN)).isTrue();
        assertThat(roles.allow(false, "X.Y", SHOP)).isFalse();
    }

    @Test
    void goesByTheFirstRuleThatFitsWhatIsCalledAndWhoCalls() {
        AuthorizationOptions options = NONE.withRules(
                ALL.withNames("sh*").withEndpoints("Greeter.Wave").withDeny(true),
                ALL.withRoles("admin"),
                ALL.withEndpoints("Greeter.*").withScopes("greet"),
                ALL.withTopics("events.*").withSchemes("jwt"));
        assertThat(options.allow(false, "Greeter.Wave", SHOP)).isFalse();
        assertThat(options.allow(false, "Greeter.Hello", SHOP)).isTrue();
        assertThat(options.allow(false, "Greeter.Wave", DAVIE)).isTrue();
        assertThat(options.allow(false, "Admin.Stop", DAVIE)).isFalse();
        assertThat(options.allow(false, "Admin.Stop", ADMIN)).isTrue();
        assertThat(options.allow(true, "events.x", DAVIE)).isTrue();
        assertThat(options.allow(true, "events.x", SHOP)).isFalse();
        assertThat(options.allow(true, "Greeter.Hello", SHOP))
                .as("a topic is no endpoint")
                .isFalse();
        assertThat(options.allow(false, "events.x", DAVIE))
                .as("an endpoint is no topic")
                .isFalse();
    }

    @Test
    void allowsByDefaultOnlyWhatNoRuleSpeaksOf() {
        AuthorizationOptions options = NONE.withDenyByDefault(false)
                .withRules(ALL.withEndpoints("Admin.*").withRoles("admin"));
        assertThat(options.allow(false, "Greeter.Hello", NOBODY)).isTrue();
        assertThat(options.allow(false, "Admin.Stop", NOBODY)).isFalse();
        assertThat(options.allow(false, "Admin.Stop", DAVIE)).isFalse();
        assertThat(options.allow(false, "Admin.Stop", ADMIN)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void saysWhetherWhoOrWhatIsTheReason(GuardedServer.Way way) {
        Timers timers = Timers.manual();
        Vertx vertx = Vertx.vertx();
        ApiKeyOptions keys = ApiKeyOptions.DEFAULTS
                .withAdmission(AdmissionOptions.DEFAULTS.withRequired(false))
                .withKeys(new ApiKeyOptions.Key("shop", ApiKeyTest.hash("SHA-256", "k"), List.of("greet"), List.of()));
        GuardedServer server = new GuardedServer(
                timers,
                ApiKeyProvider.wrapper(vertx, timers, keys, "greeter"),
                AuthorizationProvider.wrapper(
                        timers, NONE.withOpen("Debug.*").withRules(ALL.withScopes("wave")), "greeter"));
        assertThat(server.enter(way, Metadata.EMPTY))
                .isEqualTo(new GuardedServer.Outcome(401, "greeter", "no credentials"));
        assertThat(server.enter(way, Metadata.of("X-Api-Key", "k")))
                .isEqualTo(new GuardedServer.Outcome(403, "greeter", "insufficient_scope"));
        assertThat(server.call("Debug.Health", Metadata.EMPTY)).isEqualTo(GuardedServer.Outcome.OK);
        Await.result(vertx.close());
        assertThat(server.handled).containsExactly("nobody");
    }

    @Test
    void readsEachComponentOfItsOptions() {
        assertThat(AuthorizationOptions.read(Section.root(new JsonObject()))).isEqualTo(NONE);
        JsonObject rule = new JsonObject();
        for (String key : List.of("endpoints", "topics", "names", "schemes", "scopes", "roles")) {
            rule.put(key, new JsonArray().add(key));
        }
        Section section = Section.root(new JsonObject()
                .put("denyByDefault", false)
                .put("open", "Debug.*")
                .put("openTopics", "news")
                .put("rules", new JsonArray().add(rule.put("deny", true))));
        assertThat(AuthorizationOptions.read(section))
                .isEqualTo(new AuthorizationOptions(
                        false,
                        List.of("Debug.*"),
                        List.of("news"),
                        List.of(new AuthorizationRule(
                                List.of("endpoints"),
                                List.of("topics"),
                                List.of("names"),
                                List.of("schemes"),
                                List.of("scopes"),
                                List.of("roles"),
                                true))));
        section.end();
        Section wrong = Section.root(
                new JsonObject().put("rules", new JsonArray().add(new JsonObject().put("scope", new JsonArray()))));
        assertThatThrownBy(() -> AuthorizationOptions.read(wrong))
                .hasMessageContaining("$.rules[0].scope: unknown key");
        assertThatThrownBy(() -> ALL.withScopes(" ")).hasMessageContaining("scopes: [ ]");
    }
}
