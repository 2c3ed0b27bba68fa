package dev.vertxmicro.command;

import java.util.List;

/**
 * An option of a command: {@code --name value}, {@code --name=value}, or either with one hyphen.
 *
 * @param name        its name without hyphens
 * @param alias       a shorter name without hyphens, empty for none
 * @param value       how help calls its value, empty for a switch; {@code a|b} where it is one of these
 * @param description one line
 * @param kind        how often it may be given
 */
public record Flag(String name, String alias, String value, String description, Kind kind) {

    /** How often a flag may be given, and whether help speaks of it. */
    public enum Kind {
        /** At most once; a switch any number of times. */
        ONCE,
        /** Any number of times. */
        MANY,
        /** Any number of times, with the value right after the name: {@code -Dkey=value}. Help does not list it. */
        JOINED,
        /** At most once; help does not list it. */
        HIDDEN
    }

    /**
     * Tells whether it stands alone.
     *
     * @return true for a flag without a value
     */
    public boolean isSwitch() {
        return value.isEmpty();
    }

    /**
     * Tells whether help, completion and the page list it.
     *
     * @return false for those that are there for other programs
     */
    public boolean isListed() {
        return kind == Kind.ONCE || kind == Kind.MANY;
    }

    /**
     * Gives the values it may have.
     *
     * @return all of them, or none if any text may be one
     */
    public List<String> choices() {
        return value.indexOf('|') < 0 ? List.of() : List.of(value.split("\\|"));
    }

    boolean is(String written) {
        return written.equals(name) || (!alias.isEmpty() && written.equals(alias));
    }
}
