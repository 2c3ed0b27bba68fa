package dev.vertxmicro.wrapper.auth;

import static dev.vertxmicro.wrapper.auth.GuardedServer.Outcome.OK;
import static dev.vertxmicro.wrapper.auth.GuardedServer.bearer;
import static dev.vertxmicro.wrapper.auth.Tokens.header;
import static dev.vertxmicro.wrapper.auth.Tokens.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.Secret;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.Key;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JwtAcceptanceTest extends JwtFixture {

    @ParameterizedTest
    @EnumSource
    void acceptsEachKindOfKey(GuardedServer.Way way) {
        GuardedServer server = server(options());
        Map<String, Key> keys = Map.of(
                "HS256", Tokens.hmac(Tokens.SECRET),
                "RS256", Tokens.RSA.getPrivate(),
                "ES256", Tokens.EC.getPrivate(),
                "EdDSA", Tokens.ED.getPrivate());
        keys.forEach((algorithm, key) -> {
            String kid = algorithm.substring(0, 2).toLowerCase(java.util.Locale.ROOT);
            assertThat(server.enter(way, bearer(signed(header(algorithm, kid), claims(), key))))
                    .as(algorithm)
                    .isEqualTo(OK);
            assertThat(server.enter(way, bearer(signed(header(algorithm, ""), claims(), key))))
                    .as(algorithm)
                    .isEqualTo(OK);
        });
        assertThat(server.handled).hasSize(8).containsOnly("jwt:davie");
    }

    @Test
    void toleratesClocksThatDiffer() {
        GuardedServer server = server(options());
        JsonObject late = claims().put("exp", clock.seconds() - 29);
        JsonObject early = claims().put("nbf", clock.seconds() + 30).put("iat", clock.seconds() + 30);
        assertThat(server.call("Greeter.Hello", bearer(signed(header("RS256", "rs"), late, Tokens.RSA.getPrivate()))))
                .isEqualTo(OK);
        assertThat(server.call("Greeter.Hello", bearer(signed(header("RS256", "rs"), early, Tokens.RSA.getPrivate()))))
                .isEqualTo(OK);
    }

    @Test
    void forgetsAVerifiedTokenWhenItExpires() {
        GuardedServer server = server(options());
        Metadata token = bearer(good());
        assertThat(server.call("Greeter.Hello", token)).isEqualTo(OK);
        clock.advance(Duration.ofSeconds(629));
        assertThat(server.call("Greeter.Hello", token)).isEqualTo(OK);
        clock.advance(Duration.ofSeconds(1));
        assertThat(server.call("Greeter.Hello", token).detail()).isEqualTo("invalid_token: expired");
    }

    @Test
    void readsScopesAndRolesWhereTheClaimsAreSaidToBe() {
        ClaimOptions claims = options().claims().withScopeClaim("scp").withRoleClaim("realm_access.roles");
        JsonObject shown = claims().put("scp", new JsonArray().add("a").add(1).add("b"))
                .put("realm_access", new JsonObject().put("roles", new JsonArray().add("boss")));
        assertThat(claims.rules("greeter").toString()).contains("realm_access.roles");
        GuardedServer server = new GuardedServer(
                timers,
                JwtProvider.wrapper(vertx, options().withClaims(claims), "greeter", timers, clock),
                AuthorizationProvider.wrapper(
                        timers,
                        AuthorizationOptions.DEFAULTS.withRules(List.of(
                                AuthorizationRule.DEFAULTS.withScopes("a", "b").withRoles("boss"))),
                        "greeter"));
        assertThat(server.call("Greeter.Hello", bearer(signed(header("RS256", "rs"), shown, Tokens.RSA.getPrivate()))))
                .isEqualTo(OK);
        assertThat(server.call("Greeter.Hello", bearer(good())).code()).isEqualTo(403);
    }

    @Test
    void leavesOpenWhatIsToBeOpen() {
        GuardedServer server = server(options().withAdmission(AdmissionOptions.DEFAULTS.withOpen("Debug.*")));
        assertThat(server.call("Debug.Health", Metadata.EMPTY)).isEqualTo(OK);
        assertThat(server.call("Debug.Health", bearer("x"))).isEqualTo(OK);
        assertThat(server.call("Greeter.Hello", Metadata.EMPTY).code()).isEqualTo(401);
        assertThat(server.call("Greeter.Nothing", Metadata.EMPTY).code())
                .as("tells nothing")
                .isEqualTo(401);
    }

    @Test
    void letsNobodyInAsNobodyWhereNoneIsRequired() {
        GuardedServer server = server(options().withAdmission(AdmissionOptions.DEFAULTS.withRequired(false)));
        assertThat(server.call("Greeter.Hello", Metadata.EMPTY)).isEqualTo(OK);
        assertThat(server.call("Greeter.Hello", bearer("x.y.z")).code()).isEqualTo(401);
        assertThat(server.handled).containsExactly("nobody");
    }

    @Test
    void refusesAllWithoutAnyKey() {
        GuardedServer server = server(JwtOptions.DEFAULTS);
        assertThat(server.call("Greeter.Hello", bearer(good())).code()).isEqualTo(401);
    }

    @Test
    void keepsMessagesOfABrokerFromSubscribers() {
        GuardedServer server = server(options());
        Metadata plain = Metadata.of("Content-Type", "application/protobuf");
        server.parts.broker().publish("events.greeted", new Message(plain, GuardedServer.body()));
        assertThat(server.handled).isEmpty();
        server.parts
                .broker()
                .publish(
                        "events.greeted",
                        new Message(plain.with("Authorization", "Bearer " + good()), GuardedServer.body()));
        assertThat(server.handled).containsExactly("jwt:davie");
    }

    @Test
    void refusesKeysThatAreNone() {
        assertThatThrownBy(() -> key("HS256", Secret.of("short"), "").key(vertx))
                .hasMessage("secret: of 5 bytes (expected: >= 32 bytes for HS256)");
        assertThatThrownBy(() -> key("HS256", Secret.NONE, file("public.pem", Tokens.RSA.getPublic()))
                        .key(vertx))
                .hasMessage("secret: a PEM text (expected: a secret: a public key is none)");
        String weak = file("weak.pem", Tokens.pair("RSA", 1024).getPublic());
        for (JwtKeyOptions unfit : List.of(
                key("RS256", Secret.NONE, weak),
                key("RS256", Secret.NONE, file("e.pem", Tokens.EC.getPublic())),
                key("ES384", Secret.NONE, file("e.pem", Tokens.EC.getPublic())),
                key("EdDSA", Secret.NONE, file("e.pem", Tokens.EC.getPublic())),
                key("RS256", Secret.NONE, file("text.pem", "no key at all")))) {
            assertThatThrownBy(() -> unfit.key(vertx)).hasMessageContaining("expected: a PEM file with a public key");
        }
        assertThatThrownBy(() -> key("RS256", Secret.NONE, "").key(vertx)).hasMessageContaining("file: missing");
        assertThatThrownBy(() -> key("RS256", Secret.NONE, "/no/such").key(vertx))
                .hasMessage("file: /no/such (expected: a file that can be read)");
        assertThatThrownBy(() -> key("none", Secret.NONE, ""))
                .hasMessage("algorithm: \"none\" (expected: such as RS256)");
        assertThatThrownBy(() -> key("RS256", Secret.of(Tokens.SECRET), ""))
                .hasMessage("secret: *** (expected: with an HS algorithm, and without file)");
    }

    private static JwtKeyOptions key(String algorithm, Secret secret, String file) {
        return new JwtKeyOptions("", algorithm, secret, file);
    }
}
