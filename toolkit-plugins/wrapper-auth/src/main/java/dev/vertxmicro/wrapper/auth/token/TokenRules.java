package dev.vertxmicro.wrapper.auth.token;

import dev.vertxmicro.message.Principal;
import dev.vertxmicro.wrapper.auth.proof.Reason;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What has to be so in a token whose signature is good.
 *
 * @param issuer    who has given it; empty for anybody who has the key
 * @param audiences for whom, one of these; empty for anybody
 * @param skew      seconds by which clocks may differ
 * @param required  claims that must be there, besides those that are asked for anyway
 * @param name      claim that names who calls
 * @param scopes    claim of what he may do
 * @param roles     claim of what he is; a path with dots
 */
public record TokenRules(
        String issuer,
        List<String> audiences,
        long skew,
        List<String> required,
        String name,
        String scopes,
        String roles) {
    private static final int LONGEST_NAME = 256;
    private static final double LAST = 1e12;

    /** Says why a token is not accepted, if it is not. */
    Optional<Reason> refusal(JsonObject claims, long now) {
        double expires = seconds(claims, "exp", -1);
        double begins = seconds(claims, "nbf", 0);
        double issued = seconds(claims, "iat", 0);
        Reason reason = null;
        if (expires < 0 || begins < 0 || issued < 0) {
            reason = Reason.CLAIM;
        } else if (expires + skew <= now) {
            reason = Reason.EXPIRED;
        } else if (begins - skew > now || issued - skew > now) {
            reason = Reason.NOT_YET;
        } else if (!issuer.isEmpty() && !issuer.equals(claims.getValue("iss"))) {
            reason = Reason.ISSUER;
        } else if (!audiences.isEmpty()
                && texts(claims.getValue("aud"), false).stream().noneMatch(audiences::contains)) {
            reason = Reason.AUDIENCE;
        } else if (!required.stream().allMatch(claim -> at(claims, claim) != null)
                || named(claims).isEmpty()) {
            reason = Reason.CLAIM;
        }
        return Optional.ofNullable(reason);
    }

    /** Gives milliseconds of the wall clock from which on a token is no good. */
    long until(JsonObject claims) {
        return (long) ((seconds(claims, "exp", 0) + skew) * 1000);
    }

    /** Gives who a token says calls. */
    Principal principal(JsonObject claims) {
        return new Principal(
                named(claims).orElse(""),
                "jwt",
                texts(at(claims, scopes), true),
                texts(at(claims, roles), true),
                claims);
    }

    private Optional<String> named(JsonObject claims) {
        return at(claims, name) instanceof String text && !text.isBlank() && text.length() <= LONGEST_NAME
                ? Optional.of(text)
                : Optional.empty();
    }

    /** Gives a date; -1 for what is none. */
    private static double seconds(JsonObject claims, String claim, double otherwise) {
        if (!claims.containsKey(claim)) {
            return otherwise;
        }
        return claims.getValue(claim) instanceof Number number
                        && number.doubleValue() >= 0
                        && number.doubleValue() < LAST
                ? number.doubleValue()
                : -1;
    }

    /** A claim by its name, or else by the path that the name is. */
    private static @Nullable Object at(JsonObject claims, String path) {
        Object direct = claims.getValue(path);
        int dot = path.indexOf('.');
        if (direct != null || dot < 0) {
            return direct;
        }
        return claims.getValue(path.substring(0, dot)) instanceof JsonObject inner
                ? at(inner, path.substring(dot + 1))
                : null;
    }

    /** Texts of a list, or of one text, with blanks between them perhaps; all else is none. */
    private static Set<String> texts(@Nullable Object claim, boolean blanks) {
        if (claim instanceof String text) {
            return blanks ? Set.copyOf(List.of(text.strip().split("\\s+"))) : Set.of(text);
        }
        Set<String> texts = new LinkedHashSet<>();
        if (claim instanceof JsonArray list) {
            for (Object element : list) {
                if (element instanceof String text) {
                    texts.add(text);
                }
            }
        }
        return texts;
    }
}
