package dev.vertxmicro.bridge.access;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Verifies JSON Web Tokens, which takes some 10 µs with a secret, and 100 with a public key; of no use to those who have none. */
public final class TokenVerifier {
    private final TokenOptions options;
    private final @Nullable JWTAuth verifier;

    private TokenVerifier(TokenOptions options, @Nullable JWTAuth verifier) {
        this.options = options;
        this.verifier = verifier;
    }

    /**
     * Makes the verifier, which reads the file with the public key.
     *
     * @param vertx   the engine
     * @param options which tokens to believe
     * @return the verifier; fails if the key is none
     */
    public static Future<TokenVerifier> create(Vertx vertx, TokenOptions options) {
        if (!options.on()) {
            return Future.succeededFuture(new TokenVerifier(options, null));
        }
        if (!options.secret().isEmpty()) {
            return Future.succeededFuture(of(vertx, options, options.secret().reveal()));
        }
        return vertx.fileSystem()
                .readFile(options.publicKey())
                .map(pem -> of(vertx, options, pem.toString()))
                .recover(failure -> Future.failedFuture(
                        new IllegalArgumentException(options.publicKey() + ": " + failure.getMessage()
                                + " (expected: a public key in PEM form for " + options.algorithm() + ")")));
    }

    private static TokenVerifier of(Vertx vertx, TokenOptions options, String key) {
        JWTOptions claims = new JWTOptions().setLeeway((int) options.leeway().toSeconds());
        if (!options.issuer().isEmpty()) {
            claims.setIssuer(options.issuer());
        }
        if (!options.audience().isEmpty()) {
            claims.setAudience(options.audience());
        }
        return new TokenVerifier(
                options,
                JWTAuth.create(
                        vertx,
                        new JWTAuthOptions()
                                .setJWTOptions(claims)
                                .addPubSecKey(new PubSecKeyOptions()
                                        .setAlgorithm(options.algorithm())
                                        .setBuffer(key))));
    }

    /**
     * Tells whether clients need a token.
     *
     * @return false if none is asked for
     */
    public boolean needed() {
        return verifier != null;
    }

    /**
     * Reads a token.
     *
     * @param token as it was sent
     * @return who it is for; empty if it is not to be believed, or holds no more
     */
    public Optional<Visitor> visitor(String token) {
        JWTAuth jwt = verifier;
        if (jwt == null) {
            return Optional.of(Visitor.NOBODY);
        }
        try {
            // done at once: nothing is asked of anybody
            Future<User> known = jwt.authenticate(new TokenCredentials(token));
            return known.succeeded() ? visitor(known.result().attributes()) : Optional.empty();
        } catch (RuntimeException noToken) {
            return Optional.empty();
        }
    }

    private Optional<Visitor> visitor(JsonObject attributes) {
        JsonObject claims = attributes.getJsonObject("accessToken", new JsonObject());
        Long expires = claims.getLong("exp");
        if (expires == null && options.requireExpiry()) {
            return Optional.empty();
        }
        long until =
                expires == null ? Long.MAX_VALUE : expires + options.leeway().toSeconds();
        return Optional.of(
                new Visitor(claims.getString("sub", ""), authorities(claims.getValue(options.claim())), until));
    }

    private static Set<String> authorities(@Nullable Object claim) {
        if (claim instanceof String text) {
            return new HashSet<>(List.of(text.split(" ", -1)));
        }
        Set<String> names = new HashSet<>();
        if (claim instanceof JsonArray list) {
            list.forEach(name -> names.add(String.valueOf(name)));
        }
        return names;
    }
}
