package dev.vertxmicro.config;

import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;

/**
 * A password, a token, or whatever else nobody may read in a log: it shows itself to those who ask for it by name only, so
 * that records, errors and debuggers that print what they hold do not print it. Immutable.
 */
public final class Secret {
    /** No secret. */
    public static final Secret NONE = new Secret("");

    private static final Pattern AFTER_SCHEME = Pattern.compile("://[^\\s\"',]*@");
    private static final Pattern USER_AND_PASSWORD =
            Pattern.compile("(^|[\\s\"',\\[(])[^\\s\"',/\\[(:]*:(?!//)[^\\s\"',]*@");

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /**
     * Wraps a secret.
     *
     * @param value the secret, empty for none
     * @return it
     */
    public static Secret of(String value) {
        return value.isEmpty() ? NONE : new Secret(value);
    }

    /**
     * Gives what is secret, for whoever must send it.
     *
     * @return the value
     */
    public String reveal() {
        return value;
    }

    /**
     * Tells whether there is none.
     *
     * @return true if it is empty
     */
    public boolean isEmpty() {
        return value.isEmpty();
    }

    /**
     * Hides user and password of the addresses in a text, such as {@code mqtt://user:password@host:1883}.
     *
     * @param text what is to be shown
     * @return the same with {@code ***@host}
     */
    public static String masked(String text) {
        if (text.indexOf('@') < 0) {
            return text;
        }
        String schemes = AFTER_SCHEME.matcher(text).replaceAll("://***@");
        return USER_AND_PASSWORD.matcher(schemes).replaceAll("$1***@");
    }

    /**
     * Copies an object whose keys mean nothing here, without what may be secret: user and password of addresses, and what its key calls
     * a password, a secret, a token or credentials.
     *
     * @param own what is to be shown
     * @return the copy, with {@code ***} for those
     */
    public static JsonObject masked(JsonObject own) {
        return (JsonObject) Effective.masked(own, true);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** Shows whether there is one, but not which. */
    @Override
    public String toString() {
        return value.isEmpty() ? "none" : "***";
    }
}
