package dev.vertxmicro.wrapper.auth.token;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.Optional;

/**
 * What a token says of itself, to be believed in nothing but which key to try.
 *
 * @param algorithm of its signature
 * @param key       id of the key
 */
record TokenHeader(String algorithm, Optional<String> key) {
    private static final int LONGEST_ID = 256;

    /** Reads it; empty for what is no signed token, or wants what nobody here understands ({@code crit}). */
    static Optional<TokenHeader> parse(String token) {
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        boolean compact = first > 0 && second > first + 1 && token.indexOf('.', second + 1) < 0;
        if (!compact) {
            return Optional.empty();
        }
        try {
            JsonObject json = decode(token.substring(0, first));
            boolean understood = json.getValue("alg") instanceof String
                    && (!json.containsKey("kid")
                            || (json.getValue("kid") instanceof String kid && kid.length() <= LONGEST_ID))
                    && !json.containsKey("crit");
            return understood
                    ? Optional.of(new TokenHeader(json.getString("alg"), Optional.ofNullable(json.getString("kid"))))
                    : Optional.empty();
        } catch (RuntimeException malformed) {
            return Optional.empty();
        }
    }

    /** Tells whether a token has no signature, whatever its algorithm. */
    static boolean unsigned(String token) {
        int second = token.indexOf('.', token.indexOf('.') + 1);
        return second < 0 || second == token.length() - 1;
    }

    /** Reads what a token, whose signature was found good, claims. */
    static JsonObject claims(String token) {
        int first = token.indexOf('.');
        return decode(token.substring(first + 1, token.indexOf('.', first + 1)));
    }

    private static JsonObject decode(String part) {
        return new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(part)));
    }
}
