package dev.vertxmicro.wrapper.auth;

import dev.vertxmicro.config.Secret;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Keys of each kind, and a server that knows them. */
class JwtFixture {
    static final String ISSUER = "https://issuer.example";

    @TempDir
    static Path directory;

    static Vertx vertx;
    final MovedClock clock = new MovedClock();
    final ManualTimers timers = Timers.manual();

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        Await.result(vertx.close());
    }

    static String file(String name, PublicKey key) {
        return file(name, Tokens.pem(key));
    }

    static String file(String name, String content) {
        try {
            return Files.writeString(directory.resolve(name), content).toString();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static JwtOptions options() {
        return JwtOptions.DEFAULTS
                .withKeys(List.of(
                        new JwtKeyOptions("hs", "HS256", Secret.of(Tokens.SECRET), ""),
                        new JwtKeyOptions("rs", "RS256", Secret.NONE, file("rs.pem", Tokens.RSA.getPublic())),
                        new JwtKeyOptions("es", "ES256", Secret.NONE, file("es.pem", Tokens.EC.getPublic())),
                        new JwtKeyOptions("ed", "EdDSA", Secret.NONE, file("ed.pem", Tokens.ED.getPublic()))))
                .withClaims(ClaimOptions.DEFAULTS
                        .withIssuer(ISSUER)
                        .withClockSkew(Duration.ofSeconds(30))
                        .withRequiredClaims(List.of("tenant")));
    }

    GuardedServer server(JwtOptions options) {
        return new GuardedServer(timers, JwtProvider.wrapper(vertx, options, "greeter", timers, clock));
    }

    JsonObject claims() {
        return new JsonObject()
                .put("sub", "davie")
                .put("iss", ISSUER)
                .put("aud", new JsonArray().add("other").add("greeter"))
                .put("iat", clock.seconds())
                .put("exp", clock.seconds() + 600)
                .put("scope", "greet wave")
                .put("roles", new JsonArray().add("admin"))
                .put("tenant", "blue");
    }

    JsonObject without(String claim) {
        JsonObject claims = claims();
        claims.remove(claim);
        return claims;
    }

    String good() {
        return Tokens.signed(Tokens.header("RS256", "rs"), claims(), Tokens.RSA.getPrivate());
    }
}
