package dev.vertxmicro.wrapper.auth.token;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a set of public keys (RFC 7517). A key for something else, of an unknown kind, that is too short, or broken, is left out; so
 * is a symmetric one, which is no secret once it is published.
 */
final class JwkReader {
    static final int MOST_KEYS = 32;
    private static final int SHORTEST_RSA = 2048 / 8;
    private static final Set<String> OF_RSA = Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512");
    private static final Map<String, String> OF_CURVE =
            Map.of("P-256", "ES256", "P-384", "ES384", "P-521", "ES512", "Ed25519", "EdDSA");

    private JwkReader() {}

    /** Reads the keys; throws if it is no set of keys, or of too many. */
    static List<VerificationKey> read(Vertx vertx, Buffer body) {
        if (!(new JsonObject(body).getValue("keys") instanceof JsonArray set)) {
            throw new IllegalArgumentException("no keys");
        }
        if (set.size() > MOST_KEYS) {
            throw new IllegalArgumentException("more than " + MOST_KEYS + " keys");
        }
        List<VerificationKey> keys = new ArrayList<>();
        for (Object element : set) {
            if (element instanceof JsonObject jwk) {
                key(vertx, jwk).ifPresent(keys::add);
            }
        }
        return keys;
    }

    private static Optional<VerificationKey> key(Vertx vertx, JsonObject jwk) {
        try {
            Optional<String> algorithm = algorithm(jwk).filter(known -> verifies(jwk));
            if (algorithm.isEmpty()) {
                return Optional.empty();
            }
            JsonObject plain = new JsonObject().put("alg", algorithm.get());
            for (String part : List.of("kty", "crv", "n", "e", "x", "y")) {
                if (jwk.containsKey(part)) {
                    plain.put(part, jwk.getString(part));
                }
            }
            String id = jwk.getString("kid", "");
            return Optional.of(VerificationKey.of(vertx, id == null ? "" : id, algorithm.get(), plain));
        } catch (RuntimeException broken) {
            return Optional.empty();
        }
    }

    private static boolean verifies(JsonObject jwk) {
        return "sig".equals(jwk.getString("use", "sig"))
                && jwk.getJsonArray("key_ops", new JsonArray().add("verify")).contains("verify");
    }

    /** Gives the one algorithm that a key is for: that which it names, if it is of that kind, or the usual one of its kind. */
    private static Optional<String> algorithm(JsonObject jwk) {
        String kind = jwk.getString("kty", "");
        if (kind.equals("RSA")) {
            String named = jwk.getString("alg", "RS256");
            byte[] modulus = Base64.getUrlDecoder().decode(jwk.getString("n"));
            int length = modulus.length > 0 && modulus[0] == 0 ? modulus.length - 1 : modulus.length;
            return length >= SHORTEST_RSA && OF_RSA.contains(named) ? Optional.of(named) : Optional.empty();
        }
        String ofCurve = OF_CURVE.getOrDefault(jwk.getString("crv", ""), "");
        boolean fits = kind.equals(ofCurve.equals("EdDSA") ? "OKP" : "EC");
        return fits && !ofCurve.isEmpty() && jwk.getString("alg", ofCurve).equals(ofCurve)
                ? Optional.of(ofCurve)
                : Optional.empty();
    }
}
