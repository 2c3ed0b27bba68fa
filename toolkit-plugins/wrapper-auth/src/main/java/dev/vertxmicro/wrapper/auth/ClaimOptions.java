package dev.vertxmicro.wrapper.auth;

import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.wrapper.auth.proof.Checks;
import dev.vertxmicro.wrapper.auth.token.TokenRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.immutables.value.Value;

/**
 * What has to be so in a token. It has to expire (`exp`), and to name who calls, whatever these say.
 *
 * @param issuer         who has to have given it (`iss`); empty for anybody whose key is known
 * @param audiences      for whom it has to be (`aud`), one of these; empty for the name of the service, `*` for anybody
 * @param clockSkew      by how much clocks may differ; 0 to 10 m
 * @param requiredClaims claims that must be there
 * @param nameClaim      claim that says who calls
 * @param scopeClaim     claim that says what he may, a text with blanks or a list; a path with dots where it is within another
 * @param roleClaim      claim that says what he is, likewise
 */
@Value.Builder
@OptionsStyle
public record ClaimOptions(
        String issuer,
        List<String> audiences,
        Duration clockSkew,
        List<String> requiredClaims,
        String nameClaim,
        String scopeClaim,
        String roleClaim)
        implements WithClaimOptions {
    private static final Duration MOST_SKEW = Duration.ofMinutes(10);
    private static final String ANYBODY = "*";

    /** Any issuer, for the service, 30 s, {@code sub}, {@code scope}, {@code roles}. */
    public static final ClaimOptions DEFAULTS =
            new ClaimOptions("", List.of(), Duration.ofSeconds(30), List.of(), "sub", "scope", "roles");

    /** Checks the values. */
    public ClaimOptions {
        audiences = List.copyOf(audiences);
        requiredClaims = List.copyOf(requiredClaims);
        Checks.filled("audiences", audiences);
        Checks.filled("requiredClaims", requiredClaims);
        Checks.check(
                !clockSkew.isNegative() && clockSkew.compareTo(MOST_SKEW) <= 0, "clockSkew", clockSkew, "0s to 10m");
        Checks.check(!nameClaim.isBlank(), "nameClaim", "\"\"", "the name of a claim");
        Checks.check(!scopeClaim.isBlank(), "scopeClaim", "\"\"", "the name of a claim");
        Checks.check(!roleClaim.isBlank(), "roleClaim", "\"\"", "the name of a claim");
    }

    static ClaimOptions read(Section section) {
        return section.build(
                Map.of("audiences", "audience"),
                () -> new ClaimOptions(
                        section.string("issuer", DEFAULTS.issuer()),
                        section.list("audience", DEFAULTS.audiences()),
                        section.duration("clockSkew", DEFAULTS.clockSkew()),
                        section.list("requiredClaims", DEFAULTS.requiredClaims()),
                        section.string("nameClaim", DEFAULTS.nameClaim()),
                        section.string("scopeClaim", DEFAULTS.scopeClaim()),
                        section.string("roleClaim", DEFAULTS.roleClaim())));
    }

    TokenRules rules(String service) {
        List<String> whom = audiences.isEmpty() ? List.of(service) : audiences;
        return new TokenRules(
                issuer,
                whom.contains(ANYBODY) ? List.of() : whom,
                clockSkew.toSeconds(),
                requiredClaims,
                nameClaim,
                scopeClaim,
                roleClaim);
    }
}
