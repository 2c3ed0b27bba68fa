package dev.vertxmicro.codegen;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What to generate, as the parameter of the plugin says it.
 *
 * @param languages the languages, at least one
 */
public record PluginOptions(Set<Language> languages) {
    /** Java only. */
    public static final PluginOptions DEFAULTS = new PluginOptions(Set.of(Language.JAVA));

    private static final String LANGUAGE = "language";
    private static final String KNOWN_LANGUAGES = "java or kotlin, or both: language=java,kotlin";

    /** Checks that there is a language and copies the set. */
    public PluginOptions {
        languages = Set.copyOf(languages);
        if (languages.isEmpty()) {
            throw new IllegalArgumentException("language: empty (expected: " + KNOWN_LANGUAGES + ")");
        }
    }

    /**
     * Returns a copy with these languages.
     *
     * @param others the languages, at least one
     * @return the copy
     */
    public PluginOptions withLanguages(Set<Language> others) {
        return new PluginOptions(others);
    }

    /**
     * Reads a protoc parameter: options apart by commas, {@code language=java,kotlin}.
     *
     * @param parameter the parameter, empty for the defaults
     * @return the options
     * @throws IllegalArgumentException if an option or a value is unknown; the message names it and the known ones
     */
    public static PluginOptions parse(String parameter) {
        Set<Language> languages = EnumSet.noneOf(Language.class);
        String name = "";
        for (String part : parameter.split(",", -1)) {
            String text = part.strip();
            int equals = text.indexOf('=');
            if (equals >= 0) {
                name = text.substring(0, equals).strip();
            } else if (text.isEmpty() && name.isEmpty()) {
                continue;
            } else if (name.isEmpty()) {
                name = text;
            }
            if (!name.equals(LANGUAGE)) {
                throw new IllegalArgumentException("option: " + name + " (expected: " + LANGUAGE + ")");
            }
            languages.add(language(text.substring(equals + 1).strip()));
        }
        return languages.isEmpty() ? DEFAULTS : new PluginOptions(languages);
    }

    private static Language language(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "java" -> Language.JAVA;
            case "kotlin" -> Language.KOTLIN;
            default ->
                throw new IllegalArgumentException(
                        "language: " + (value.isEmpty() ? "empty" : value) + " (expected: " + KNOWN_LANGUAGES + ")");
        };
    }
}
