package dev.vertxmicro.bridge.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.Secret;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenVerifierTest {
    private static final String SECRET = "a secret that both sides of it know";
    private static final TokenOptions OPTIONS = TokenOptions.OFF.withSecret(Secret.of(SECRET));

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    @Test
    void believesATokenForEverOnlyIfToldSo() throws Exception {
        String token = token("HS256", SECRET, new JsonObject().put("sub", "davie"));
        assertThat(verifier(OPTIONS).visitor(token)).isEmpty();
        assertThat(verifier(OPTIONS.withRequireExpiry(false)).visitor(token)).isPresent();
    }

    private TokenVerifier verifier(TokenOptions options) throws Exception {
        return TokenVerifier.create(vertx, options).await(20, TimeUnit.SECONDS);
    }

    private String token(String algorithm, String key, JsonObject claims) {
        JWTAuth issuer = JWTAuth.create(
                vertx,
                new JWTAuthOptions()
                        .addPubSecKey(
                                new PubSecKeyOptions().setAlgorithm(algorithm).setBuffer(key)));
        return issuer.generateToken(claims, new JWTOptions().setAlgorithm(algorithm));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonObject claims(long secondsFromNow) {
        return new JsonObject()
                .put("sub", "davie")
                .put("exp", System.currentTimeMillis() / 1000 + secondsFromNow)
                .put("permissions", new JsonArray().add("news").add("calls"));
    }

    @Test
    void knowsWhoATokenIsForAndWhatTheyMay() throws Exception {
        Visitor davie =
                verifier(OPTIONS).visitor(token("HS256", SECRET, claims(60))).orElseThrow();
        assertThat(davie.name()).isEqualTo("davie");
        assertThat(davie.authorities()).containsExactlyInAnyOrder("news", "calls");
        assertThat(davie.until())
                .isBetween(System.currentTimeMillis() / 1000 + 30, System.currentTimeMillis() / 1000 + 60);
        JsonObject scoped = new JsonObject().put("scope", "a b");
        Visitor other = verifier(OPTIONS.withClaim("scope").withRequireExpiry(false))
                .visitor(token("HS256", SECRET, scoped))
                .orElseThrow();
        assertThat(other.authorities()).containsExactlyInAnyOrder("a", "b");
        assertThat(other.until()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void believesNoTokenOfAnotherKeyAlgorithmOrTime() throws Exception {
        TokenVerifier verifier = verifier(OPTIONS);
        assertThat(verifier.visitor(token("HS256", SECRET.toUpperCase(Locale.ROOT), claims(60))))
                .isEmpty();
        assertThat(verifier.visitor(token("HS512", SECRET, claims(60)))).isEmpty();
        assertThat(verifier.visitor(token("HS256", SECRET, claims(-1)))).isEmpty();
        String unsigned = base64("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "."
                + base64(claims(60).encode()) + ".";
        assertThat(verifier.visitor(unsigned)).isEmpty();
        String good = token("HS256", SECRET, claims(60));
        assertThat(verifier.visitor(good.substring(0, good.lastIndexOf('.') + 1)))
                .isEmpty();
        assertThat(verifier.visitor(good.substring(0, good.lastIndexOf('.')))).isEmpty();
        for (String nonsense : List.of("", ".", "..", "a.b.c", "\0", "é.é.é", "x".repeat(100_000))) {
            assertThat(verifier.visitor(nonsense)).isEmpty();
        }
    }

    @Test
    void asksForIssuerAndAudience() throws Exception {
        TokenVerifier verifier = verifier(OPTIONS.withIssuer("us").withAudience(List.of("bridge", "other")));
        JsonObject good = claims(60).put("iss", "us").put("aud", "bridge");
        assertThat(verifier.visitor(token("HS256", SECRET, good))).isPresent();
        assertThat(verifier.visitor(token("HS256", SECRET, good.copy().put("iss", "them"))))
                .isEmpty();
        assertThat(verifier.visitor(token("HS256", SECRET, good.copy().put("aud", "them"))))
                .isEmpty();
        assertThat(verifier.visitor(token("HS256", SECRET, good.copy().put("aud", 7))))
                .isEmpty();
        assertThat(verifier.visitor(token("HS256", SECRET, claims(60)))).isEmpty();
    }

    @Test
    void allowsForClocksThatDiffer() throws Exception {
        TokenVerifier verifier = verifier(OPTIONS.withLeeway(Duration.ofSeconds(30)));
        assertThat(verifier.visitor(token("HS256", SECRET, claims(-10)))).isPresent();
        assertThat(verifier.visitor(token("HS256", SECRET, claims(-60)))).isEmpty();
    }

    @Test
    void verifiesByAPublicKey(@TempDir Path folder) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair keys = generator.generateKeyPair();
        Path file = Files.writeString(
                folder.resolve("issuer.pem"), pem("PUBLIC KEY", keys.getPublic().getEncoded()));
        TokenVerifier verifier =
                verifier(TokenOptions.OFF.withAlgorithm("RS256").withPublicKey(file.toString()));
        String key = pem("PRIVATE KEY", keys.getPrivate().getEncoded());
        assertThat(verifier.visitor(token("RS256", key, claims(60)))).isPresent();
        // The public key is no secret: a token signed by it as if it were one is of nobody.
        assertThat(verifier.visitor(token("HS256", Files.readString(file), claims(60))))
                .isEmpty();
        Path other = Files.writeString(folder.resolve("other.pem"), "no key");
        assertThatThrownBy(
                        () -> verifier(TokenOptions.OFF.withAlgorithm("RS256").withPublicKey(other.toString())))
                .hasMessageContaining("other.pem: ")
                .hasMessageContaining("(expected: a public key in PEM form for RS256)");
    }

    private static String pem(String name, byte[] bytes) {
        return "-----BEGIN " + name + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(bytes) + "\n-----END "
                + name + "-----\n";
    }
}
