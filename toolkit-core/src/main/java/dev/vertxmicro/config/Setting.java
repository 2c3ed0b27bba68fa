package dev.vertxmicro.config;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;

/**
 * One key that was asked of a {@link Section}: what may stand there. JSON Schema and reference tables are made of these.
 *
 * @param path      its JSON path, such as {@code $.server.address}
 * @param kind      what it holds
 * @param otherwise what holds where the key is absent; empty where nothing does, as of a secret or an object
 * @param choices   the words that are allowed; empty where others are, too
 * @param component the component of an options record that holds it, whose Javadoc says what it means; empty where none does
 */
public record Setting(
        String path, Kind kind, Optional<Object> otherwise, List<String> choices, Optional<RecordComponent> component) {

    /** What a key holds, in JSON. */
    public enum Kind {
        /** A text. */
        TEXT("a text"),
        /** A text that nobody may see. */
        SECRET("a text"),
        /** One of several words. */
        CHOICE("a word"),
        /** A text such as {@code 1m30s}. */
        DURATION("a duration such as 500ms, 5s or 1m30s"),
        /** A whole number that fits an {@code int}. */
        INTEGER("a whole number"),
        /** A whole number that fits a {@code long}. */
        WHOLE_NUMBER("a whole number"),
        /** True or false. */
        BOOLEAN("true or false"),
        /** A list of texts. */
        TEXTS("a list of texts"),
        /** A list of texts, or a text with commas. */
        LIST("a list of texts, or a text with commas"),
        /** An object of texts. */
        MAP("an object of texts"),
        /** An object that is read key by key. */
        SECTION("an object"),
        /** An object that means nothing here. */
        OBJECT("an object"),
        /** A list of objects. */
        SECTIONS("a list of objects");

        private final String expected;

        Kind(String expected) {
            this.expected = expected;
        }

        /**
         * Words what is expected.
         *
         * @return the words, such as {@code a whole number}
         */
        public String expected() {
            return expected;
        }

        /** What stands where one of these should may hold the secrets of an object: nothing of it is shown. */
        boolean hides() {
            return this == MAP || this == SECTION || this == OBJECT;
        }
    }

    /** Copies the list. */
    public Setting {
        choices = List.copyOf(choices);
    }

    Setting heldBy(Optional<RecordComponent> holder) {
        return new Setting(path, kind, otherwise, choices, holder);
    }
}
