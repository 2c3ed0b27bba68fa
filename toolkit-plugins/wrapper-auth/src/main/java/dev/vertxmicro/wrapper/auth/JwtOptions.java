package dev.vertxmicro.wrapper.auth;

import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.wrapper.auth.proof.Checks;
import java.util.List;
import org.immutables.value.Value;

/**
 * Settings of {@code "type": "jwt"}.
 *
 * @param keys          keys that tokens are signed with
 * @param jwks          where more of them are; without any key whatever is called is refused
 * @param claims        what has to be so in a token
 * @param admission     who is let in
 * @param maxBytes longer tokens are refused unread; 256 to 64 KiB
 * @param cacheSize     how many verified tokens are kept until they expire, so that the next call with one costs a look-up; 0 for none
 * @param client        what a client shows
 */
@Value.Builder
@OptionsStyle
public record JwtOptions(
        List<JwtKeyOptions> keys,
        JwksOptions jwks,
        ClaimOptions claims,
        AdmissionOptions admission,
        int maxBytes,
        int cacheSize,
        TokenSourceOptions client)
        implements WithJwtOptions {
    private static final int LEAST_TOKEN = 256;
    private static final int MOST_TOKEN = 64 << 10;
    private static final int MOST_CACHED = 1_000_000;

    /** No key, no token, 8 KiB, 10,000 tokens. */
    public static final JwtOptions DEFAULTS = new JwtOptions(
            List.of(),
            JwksOptions.DEFAULTS,
            ClaimOptions.DEFAULTS,
            AdmissionOptions.DEFAULTS,
            8 << 10,
            10_000,
            TokenSourceOptions.DEFAULTS);

    /** Checks the values. */
    public JwtOptions {
        keys = List.copyOf(keys);
        Checks.check(
                maxBytes >= LEAST_TOKEN && maxBytes <= MOST_TOKEN,
                "maxBytes",
                maxBytes,
                LEAST_TOKEN + " to " + MOST_TOKEN);
        Checks.check(cacheSize >= 0 && cacheSize <= MOST_CACHED, "cacheSize", cacheSize, "0 to " + MOST_CACHED);
    }
}
