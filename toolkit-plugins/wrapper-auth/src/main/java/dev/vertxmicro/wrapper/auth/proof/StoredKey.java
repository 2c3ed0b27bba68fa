package dev.vertxmicro.wrapper.auth.proof;

import dev.vertxmicro.message.Principal;
import io.vertx.core.json.JsonObject;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An API key of which nothing is kept but a hash, and whose it is. */
public final class StoredKey {
    private static final Pattern HASH = Pattern.compile("(sha256:\\p{XDigit}{64})|(sha512:\\p{XDigit}{128})");
    private static final Map<String, String> ALGORITHMS = Map.of("sha256", "SHA-256", "sha512", "SHA-512");

    private final String algorithm;
    private final byte[] hash;
    private final Principal principal;

    /**
     * Makes one.
     *
     * @param name   whose it is
     * @param hash   {@code sha256:} or {@code sha512:} and the hash of the key in hexadecimal digits
     * @param scopes what he may do
     * @param roles  what he is
     * @throws IllegalArgumentException for a hash of another form
     */
    public StoredKey(String name, String hash, Set<String> scopes, Set<String> roles) {
        if (!fits(hash)) {
            throw new IllegalArgumentException("hash: *** (expected: sha256: or sha512: and hexadecimal digits)");
        }
        String[] parts = hash.split(":", 2);
        this.algorithm = ALGORITHMS.getOrDefault(parts[0], "");
        this.hash = HexFormat.of().parseHex(parts[1]);
        this.principal = new Principal(name, "api-key", scopes, roles, new JsonObject());
    }

    /**
     * Tells whether a text is the hash of a key.
     *
     * @param hash the text
     * @return true if so
     */
    public static boolean fits(String hash) {
        Matcher matcher = HASH.matcher(hash);
        return matcher.matches();
    }

    /** Names the algorithm of the hash, as the JDK does. */
    public String algorithm() {
        return algorithm;
    }

    /** Compares in a time that does not depend on where the two differ. */
    boolean isOf(byte[] digest) {
        return MessageDigest.isEqual(hash, digest);
    }

    Principal principal() {
        return principal;
    }
}
