package dev.vertxmicro.message;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Names and values that travel with a message: case-insensitive names, in order, several values a name allowed.
 *
 * <p>Immutable, safe to share between threads. A look-up is a scan: the headers of a call are few, and a scan of ten names
 * is faster than hashing one.
 */
public final class Metadata {
    /** No entries. */
    public static final Metadata EMPTY = new Metadata(new String[0], 0);

    /** Name, value, name, value, …; only the first {@code length} elements count. */
    private final String[] entries;

    private final int length;

    private Metadata(String[] entries, int length) {
        this.entries = entries;
        this.length = length;
    }

    /**
     * Makes metadata with one entry.
     *
     * @param name the name
     * @param value its value
     * @return the metadata
     */
    public static Metadata of(String name, String value) {
        return builder(1).add(name, value).build();
    }

    /**
     * Makes metadata from a map.
     *
     * @param map names and values
     * @return the metadata, in the map's order
     */
    public static Metadata from(Map<String, String> map) {
        Builder builder = builder(map.size());
        map.forEach(builder::add);
        return builder.build();
    }

    /**
     * Starts metadata with room for this many entries; more may be added.
     *
     * @param size entries expected
     * @return the builder
     */
    public static Builder builder(int size) {
        return new Builder(size);
    }

    /**
     * Finds the first value of a name.
     *
     * @param name the name, in any case
     * @return the value, or empty
     */
    public Optional<String> get(String name) {
        int i = indexOf(name);
        return i < 0 ? Optional.empty() : Optional.of(entries[i + 1]);
    }

    /**
     * Finds the first value of a name without allocating.
     *
     * @param name      the name, in any case
     * @param otherwise what to return where there is none
     * @return the value
     */
    public String value(String name, String otherwise) {
        int i = indexOf(name);
        return i < 0 ? otherwise : entries[i + 1];
    }

    /**
     * Finds all values of a name.
     *
     * @param name the name, in any case
     * @return the values in order, perhaps none
     */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>(1);
        for (int i = 0; i < length; i += 2) {
            if (entries[i].equalsIgnoreCase(name)) {
                values.add(entries[i + 1]);
            }
        }
        return List.copyOf(values);
    }

    /**
     * Tells whether a name is there.
     *
     * @param name the name, in any case
     * @return true if it has a value
     */
    public boolean contains(String name) {
        return indexOf(name) >= 0;
    }

    /**
     * Counts the entries.
     *
     * @return how many
     */
    public int size() {
        return length / 2;
    }

    /**
     * Visits every entry in order.
     *
     * @param visitor gets name and value
     */
    public void forEach(BiConsumer<String, String> visitor) {
        for (int i = 0; i < length; i += 2) {
            visitor.accept(entries[i], entries[i + 1]);
        }
    }

    /**
     * Returns a copy in which this name has this one value.
     *
     * @param name the name
     * @param value its value
     * @return the copy
     */
    public Metadata with(String name, String value) {
        return builder(size() + 1).addAll(this).set(name, value).build();
    }

    /**
     * Gives the entries as a map; several values of a name are joined by comma and space.
     *
     * @return the map, names sorted
     */
    public Map<String, String> toMap() {
        Map<String, String> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        forEach((name, value) -> map.merge(name, value, (first, next) -> first + ", " + next));
        return map;
    }

    private int indexOf(String name) {
        return find(entries, length, name);
    }

    private static int find(String[] entries, int length, String name) {
        for (int i = 0; i < length; i += 2) {
            String candidate = entries[i];
            if (candidate.length() == name.length() && candidate.equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Metadata that && Arrays.equals(entries, 0, length, that.entries, 0, that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + entries[i].hashCode();
        }
        return hash;
    }

    @Override
    public String toString() {
        return toMap().toString();
    }

    /** Collects entries. Not for concurrent use; not to be used after {@link #build()}. */
    public static final class Builder {
        private String[] entries;
        private int length;

        private Builder(int size) {
            entries = new String[size * 2];
        }

        /**
         * Adds an entry, beside others of the same name.
         *
         * @param name the name
         * @param value its value
         * @return this
         */
        public Builder add(String name, String value) {
            Objects.requireNonNull(name, "name: null (expected: the name of an entry)");
            Objects.requireNonNull(value, "value: null (expected: the value of an entry)");
            if (length == entries.length) {
                entries = Arrays.copyOf(entries, Math.max(16, length * 2));
            }
            entries[length++] = name;
            entries[length++] = value;
            return this;
        }

        /**
         * Adds every entry.
         *
         * @param metadata the entries
         * @return this
         */
        public Builder addAll(Metadata metadata) {
            if (length + metadata.length > entries.length) {
                entries = Arrays.copyOf(entries, Math.max(16, length + metadata.length));
            }
            System.arraycopy(metadata.entries, 0, entries, length, metadata.length);
            length += metadata.length;
            return this;
        }

        /**
         * Adds an entry in place of all others of its name.
         *
         * @param name the name
         * @param value its value
         * @return this
         */
        public Builder set(String name, String value) {
            remove(name);
            return add(name, value);
        }

        /**
         * Drops all entries of a name.
         *
         * @param name the name, in any case
         * @return this
         */
        public Builder remove(String name) {
            for (int i = find(entries, length, name); i >= 0; i = find(entries, length, name)) {
                System.arraycopy(entries, i + 2, entries, i, length - i - 2);
                length -= 2;
            }
            return this;
        }

        /**
         * Ends the collecting.
         *
         * @return the metadata, which shares this builder's memory
         */
        public Metadata build() {
            return length == 0 ? EMPTY : new Metadata(entries, length);
        }
    }
}
