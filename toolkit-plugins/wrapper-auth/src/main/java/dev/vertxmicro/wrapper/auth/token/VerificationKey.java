package dev.vertxmicro.wrapper.auth.token;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.util.Set;

/**
 * One key, for one algorithm and no other: what a token says of its algorithm never chooses how a key is used.
 *
 * @param id        its id; empty for one that may be that of any token
 * @param algorithm which algorithm it is for
 * @param verifier  verifies signatures with this key only; the times and claims are looked at elsewhere
 */
public record VerificationKey(String id, String algorithm, JWTAuth verifier) {
    /** Algorithms that are known, all of them; {@code none} is none of them. */
    public static final Set<String> ALGORITHMS = Set.of(
            "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512",
            "EdDSA");

    /**
     * Makes one of a secret or a PEM text.
     *
     * @param vertx     what verifies
     * @param id        its id, empty for any
     * @param algorithm what it is for
     * @param text      the secret, or the PEM text
     * @return the key
     * @throws IllegalArgumentException if the text is no such key, or one that is too short
     */
    public static VerificationKey of(Vertx vertx, String id, String algorithm, String text) {
        if (!algorithm.startsWith("HS") && !PublicPem.fits(algorithm, text)) {
            throw new IllegalArgumentException("no public key for " + algorithm);
        }
        PubSecKeyOptions key = new PubSecKeyOptions().setAlgorithm(algorithm).setBuffer(text);
        return new VerificationKey(
                id, algorithm, JWTAuth.create(vertx, timeless().addPubSecKey(key)));
    }

    /** Makes one of a JSON Web Key that has been looked at. */
    static VerificationKey of(Vertx vertx, String id, String algorithm, JsonObject jwk) {
        return new VerificationKey(
                id, algorithm, JWTAuth.create(vertx, timeless().addJwk(jwk)));
    }

    private static JWTAuthOptions timeless() {
        return new JWTAuthOptions().setJWTOptions(new JWTOptions().setIgnoreExpiration(true));
    }

    boolean isFor(TokenHeader header) {
        return algorithm.equals(header.algorithm());
    }

    /** Tells whether it may be the key of a token that names one that is not here, or none. */
    boolean mayBe(TokenHeader header) {
        return id.isEmpty() || header.key().isEmpty();
    }

    /** Tells whether a token was signed with this key; the library answers at once. */
    boolean hasSigned(String token) {
        try {
            Future<User> known = verifier.authenticate(new TokenCredentials(token));
            return known.succeeded();
        } catch (RuntimeException refused) {
            return false;
        }
    }
}
