package dev.vertxmicro.bridge.access;

import dev.vertxmicro.config.ConfigException;
import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.config.Secret;
import dev.vertxmicro.config.Section;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.immutables.value.Value;

/**
 * Which JSON Web Tokens are believed.
 *
 * @param algorithm how they are signed
 * @param secret    what both sides know, for HS256, HS384 and HS512
 * @param publicKey file in PEM form with the public key of the issuer, for the other algorithms
 * @param issuer    what the claim {@code iss} must be; empty for any
 * @param audience  one of which the claim {@code aud} must name; empty for any
 * @param claim     claim with the authorities of a client: a list, or a text with blanks between
 * @param leeway    how long a token still holds after it has expired, for clocks that differ
 * @param requireExpiry false to believe a token for ever that does not say until when it holds
 */
@Value.Builder
@OptionsStyle
public record TokenOptions(
        String algorithm,
        Secret secret,
        String publicKey,
        String issuer,
        List<String> audience,
        String claim,
        Duration leeway,
        boolean requireExpiry)
        implements WithTokenOptions {
    private static final int SHORTEST_SECRET = 32;
    private static final Set<String> ALGORITHMS =
            Set.of("HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "ES256", "ES384", "ES512");

    /** No token is asked for. */
    public static final TokenOptions OFF =
            new TokenOptions("HS256", Secret.NONE, "", "", List.of(), "permissions", Duration.ZERO, true);

    /** Checks that the key fits the algorithm. */
    public TokenOptions {
        audience = List.copyOf(audience);
        check(
                ALGORITHMS.contains(algorithm),
                "algorithm",
                algorithm,
                "one of HS256 to HS512, RS256 to RS512, ES256 to ES512");
        check(!claim.isBlank(), "claim", "empty", "the name of a claim");
        check(!leeway.isNegative(), "leeway", leeway, ">= 0");
        boolean shared = algorithm.startsWith("HS");
        boolean secretGiven = !secret.isEmpty();
        check(shared || !secretGiven, "secret", "there", "none with " + algorithm + ", which needs publicKey");
        check(
                !shared || publicKey.isEmpty(),
                "publicKey",
                publicKey,
                "none with " + algorithm + ", which needs secret");
        check(
                !secretGiven || secret.reveal().length() >= SHORTEST_SECRET,
                "secret",
                "too short",
                "at least " + SHORTEST_SECRET + " characters");
    }

    private static void check(boolean good, String name, Object value, String expected) {
        if (!good) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }

    /**
     * Reads the options from a descriptor.
     *
     * @param parent section that may have the key {@code jwt}
     * @return what it says; {@link #OFF} without that key
     * @throws ConfigException if there is no key to verify by, or its file is not readable
     */
    public static TokenOptions read(Section parent) {
        boolean asked = parent.has("jwt");
        Section section = parent.section("jwt");
        String publicKey = section.string("publicKey", "");
        TokenOptions read = section.build(() -> new TokenOptions(
                section.string("algorithm", OFF.algorithm()),
                section.secret("secret"),
                publicKey,
                section.string("issuer", ""),
                section.strings("audience"),
                section.string("claim", OFF.claim()),
                section.duration("leeway", OFF.leeway()),
                section.bool("requireExpiry", OFF.requireExpiry())));
        if (!publicKey.isEmpty() && !isReadable(publicKey)) {
            throw new ConfigException(
                    section.path() + ".publicKey", publicKey + ": not readable (expected: a PEM file)");
        }
        if (asked && !read.on()) {
            String key = read.algorithm().startsWith("HS") ? "secret" : "publicKey";
            throw new ConfigException(section.path() + "." + key, "missing (expected: what tokens are verified by)");
        }
        return read;
    }

    private static boolean isReadable(String name) {
        try {
            return Files.isReadable(Path.of(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /**
     * Tells whether clients need a token.
     *
     * @return false if nothing to verify by was given
     */
    public boolean on() {
        return !secret.isEmpty() || !publicKey.isEmpty();
    }
}
