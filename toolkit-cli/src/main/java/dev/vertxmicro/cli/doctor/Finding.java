package dev.vertxmicro.cli.doctor;

import java.util.Locale;

/**
 * What was found of one thing.
 *
 * @param subject the thing, one word
 * @param well    whether a service can do with it
 * @param text    what it is like, in one line
 * @param advice  what to do; empty for nothing
 */
public record Finding(String subject, boolean well, String text, String advice) {
    /** Keeps it to a line. */
    public Finding {
        text = text.replaceAll("\\s*\\R\\s*", " ");
    }

    /**
     * Finds nothing wrong.
     *
     * @param subject the thing
     * @param text    what it is like
     * @return the finding
     */
    public static Finding well(String subject, String text) {
        return new Finding(subject, true, text, "");
    }

    /**
     * Finds something wrong.
     *
     * @param subject the thing
     * @param text    what it is like
     * @param advice  what to do
     * @return the finding
     */
    public static Finding wrong(String subject, String text, String advice) {
        return new Finding(subject, false, text, advice);
    }

    /**
     * Writes it for people.
     *
     * @return one line
     */
    public String line() {
        String told = String.format(Locale.ROOT, "%-9s  %-5s  %s", subject, well ? "ok" : "wrong", text);
        return advice.isEmpty() ? told : told + "; " + advice;
    }
}
