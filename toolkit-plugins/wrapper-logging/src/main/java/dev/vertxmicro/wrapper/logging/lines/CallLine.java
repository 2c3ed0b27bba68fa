package dev.vertxmicro.wrapper.logging.lines;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * What a line says: a sentence, and fields with names. What peers chose of it is cut, and does not begin lines of its own. Used by one
 * thread.
 */
public final class CallLine {
    private static final int LONGEST = 256;
    private static final int FIELDS = 16;

    private final String sentence;
    private final List<String> names = new ArrayList<>(FIELDS);
    private final List<Object> values = new ArrayList<>(FIELDS);

    /**
     * Begins a line.
     *
     * @param sentence what happened
     */
    public CallLine(String sentence) {
        this.sentence = plain(sentence, LONGEST);
    }

    /**
     * Adds a text, if there is one.
     *
     * @param name  of the field
     * @param value cut after 256 characters; an empty one is left out
     * @return this
     */
    public CallLine add(String name, String value) {
        return add(name, value, LONGEST);
    }

    /**
     * Adds a text of a length that somebody has asked for.
     *
     * @param name  of the field
     * @param value left out if it is empty
     * @param most  characters that are kept
     * @return this
     */
    public CallLine add(String name, String value, int most) {
        if (!value.isEmpty()) {
            names.add(name);
            values.add(plain(value, most));
        }
        return this;
    }

    /**
     * Adds a number.
     *
     * @param name  of the field
     * @param value left out if it is negative, which says that nobody knows
     * @return this
     */
    public CallLine add(String name, long value) {
        if (value >= 0) {
            names.add(name);
            values.add(value);
        }
        return this;
    }

    /**
     * Adds how long something took.
     *
     * @param name  of the field
     * @param nanos written as milliseconds with three decimals
     * @return this
     */
    public CallLine addMillis(String name, long nanos) {
        names.add(name);
        values.add(BigDecimal.valueOf(nanos / 1000, 3));
        return this;
    }

    /** What a peer sent fills neither lines nor the log. */
    private static String plain(String text, int most) {
        boolean cut = text.length() > most;
        int length = cut ? most : text.length();
        StringBuilder changed = null;
        for (int i = 0; i < length; i++) {
            if (Character.isISOControl(text.charAt(i))) {
                changed = changed == null ? new StringBuilder(text.substring(0, length)) : changed;
                changed.setCharAt(i, ' ');
            }
        }
        if (changed != null) {
            return cut ? changed.append("...").toString() : changed.toString();
        }
        return cut ? text.substring(0, length) + "..." : text;
    }

    /** Gives the sentence alone. */
    String sentence() {
        return sentence;
    }

    /** Shows each field. */
    void fields(BiConsumer<String, Object> shown) {
        for (int i = 0; i < names.size(); i++) {
            shown.accept(names.get(i), values.get(i));
        }
    }

    /** Tells whether there is a field. */
    boolean has(String name) {
        return names.contains(name);
    }

    /** Gives the sentence, and the fields as {@code name=value}, in quotes where that is not one word. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(sentence);
        fields((name, value) -> {
            text.append(' ').append(name).append('=');
            String shown = value.toString();
            if (isWord(shown)) {
                text.append(shown);
            } else {
                text.append('"')
                        .append(shown.replace("\\", "\\\\").replace("\"", "\\\""))
                        .append('"');
            }
        });
        return text.toString();
    }

    private static boolean isWord(String text) {
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each <= ' ' || each == '"' || each == '=' || each == '\\') {
                return false;
            }
        }
        return true;
    }
}
