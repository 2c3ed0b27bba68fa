package dev.vertxmicro.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One object of a JSON configuration, read key by key; it remembers which keys were asked for, so that {@link #end} can
 * refuse the others. Every method throws {@link ConfigException} for a value of the wrong type. Not for concurrent use.
 */
public final class Section {
    private final String path;
    private final JsonObject json;
    private final Map<String, Section> sections = new TreeMap<>();
    private final TreeSet<String> known = new TreeSet<>();

    private Section(String path, JsonObject json) {
        this.path = path;
        this.json = json;
    }

    /**
     * Begins with a whole configuration.
     *
     * @param json the configuration
     * @return its root, path {@code $}
     */
    public static Section root(JsonObject json) {
        return new Section("$", json);
    }

    /**
     * Gives the JSON path.
     *
     * @return the path, such as {@code $.server}
     */
    public String path() {
        return path;
    }

    /**
     * Reads an object.
     *
     * @param key its key
     * @return the section, empty where the key is absent
     */
    public Section section(String key) {
        return sections.computeIfAbsent(key, k -> {
            JsonObject object = read(k, "an object", new JsonObject(), value -> (JsonObject) value);
            return new Section(path + "." + k, object);
        });
    }

    /**
     * Reads a text.
     *
     * @param key its key
     * @param otherwise what an absent key means
     * @return the text
     */
    public String string(String key, String otherwise) {
        return read(key, "a text", otherwise, value -> (String) value);
    }

    /**
     * Reads a text that nobody may see, not even in the error when it is none.
     *
     * @param key its key
     * @return the secret, none where the key is absent
     */
    public Secret secret(String key) {
        Object value = value(key);
        if (value == null) {
            return Secret.NONE;
        }
        if (value instanceof String text) {
            return Secret.of(text);
        }
        throw new ConfigException(path + "." + key, "*** (expected: a text)");
    }

    /**
     * Reads a whole number.
     *
     * @param key its key
     * @param otherwise what an absent key means
     * @return the number
     */
    public int integer(String key, int otherwise) {
        return read(key, "a whole number", otherwise, value -> (Integer) value);
    }

    /**
     * Reads a whole number that may be large.
     *
     * @param key its key
     * @param otherwise what an absent key means
     * @return the number
     */
    public long wholeNumber(String key, long otherwise) {
        return read(
                key,
                "a whole number",
                otherwise,
                value -> value instanceof Integer small ? (long) small : (Long) value);
    }

    /**
     * Reads a truth value.
     *
     * @param key its key
     * @param otherwise what an absent key means
     * @return the value
     */
    public boolean bool(String key, boolean otherwise) {
        return read(key, "true or false", otherwise, value -> (Boolean) value);
    }

    /**
     * Reads a duration.
     *
     * @param key its key
     * @param otherwise what an absent key means
     * @return the duration
     */
    public Duration duration(String key, Duration otherwise) {
        Object value = value(key);
        if (value == null) {
            return otherwise;
        }
        try {
            return Durations.parse((String) value);
        } catch (ClassCastException e) {
            throw wrong(key, value, "a duration such as 500ms, 5s or 1m30s");
        } catch (IllegalArgumentException e) {
            throw new ConfigException(path + "." + key, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Reads one of several words.
     *
     * @param key its key
     * @param otherwise what an absent key means
     * @param choices the words and what they mean
     * @param <T> type of the meaning
     * @return the meaning
     */
    public <T> T choice(String key, T otherwise, Map<String, T> choices) {
        Object value = value(key);
        if (value == null) {
            return otherwise;
        }
        T chosen = value instanceof String word ? choices.get(word) : null;
        if (chosen == null) {
            List<String> words = choices.keySet().stream().sorted().toList();
            throw wrong(key, value, String.join(" | ", words) + "; " + Nearest.hint(String.valueOf(value), words));
        }
        return chosen;
    }

    /**
     * Reads a list of texts.
     *
     * @param key its key
     * @return the list, empty where the key is absent
     */
    public List<String> strings(String key) {
        return read(key, "a list of texts", List.of(), value -> {
            List<String> texts = new ArrayList<>();
            ((JsonArray) value).forEach(element -> texts.add((String) element));
            return List.copyOf(texts);
        });
    }

    /**
     * Reads a list of texts that may also be one text with commas, as a flag gives it.
     *
     * @param key       its key
     * @param otherwise what holds where the key is absent
     * @return the list, without blanks around its elements and without empty ones
     */
    public List<String> list(String key, List<String> otherwise) {
        return read(key, "a list of texts, or a text with commas", otherwise, value -> {
            List<?> parts = value instanceof String text
                    ? List.of(text.split(","))
                    : ((JsonArray) value).stream().toList();
            return parts.stream()
                    .map(part -> ((String) part).trim())
                    .filter(part -> !part.isEmpty())
                    .toList();
        });
    }

    /**
     * Reads an object of texts.
     *
     * @param key its key
     * @return the entries, empty where the key is absent
     */
    public Map<String, String> map(String key) {
        return read(key, "an object of texts", Map.of(), value -> {
            Map<String, String> entries = new TreeMap<>();
            for (Map.Entry<String, Object> entry : (JsonObject) value) {
                if (!(entry.getValue() instanceof String text)) {
                    throw wrong(key + "." + entry.getKey(), entry.getValue(), "a text");
                }
                entries.put(entry.getKey(), text);
            }
            return Map.copyOf(entries);
        });
    }

    /**
     * Reads an object that means nothing here, such as a user's own.
     *
     * @param key its key
     * @return the object, empty where absent
     */
    public JsonObject object(String key) {
        return read(key, "an object", new JsonObject(), value -> (JsonObject) value);
    }

    /**
     * Reads a list of objects.
     *
     * @param key its key
     * @return a section each
     */
    public List<Section> sections(String key) {
        return read(key, "a list of objects", List.of(), value -> {
            List<Section> list = new ArrayList<>();
            for (Object element : (JsonArray) value) {
                list.add(new Section(
                        path + "." + key + "[" + list.size() + "]", (JsonObject) Objects.requireNonNull(element)));
            }
            return list;
        });
    }

    /**
     * Tells whether a key is there.
     *
     * @param key the key
     * @return true if it has a value
     */
    public boolean has(String key) {
        return value(key) != null;
    }

    /**
     * Makes options from what was read, so that what their record refuses names this section.
     *
     * @param options makes them
     * @param <T>     their type
     * @return the options
     */
    public <T> T build(Supplier<T> options) {
        return build(Map.of(), options);
    }

    /**
     * Makes options whose components have other names than their keys.
     *
     * @param keys    the key of each component that is named otherwise
     * @param options makes them
     * @param <T>     their type
     * @return the options
     */
    public <T> T build(Map<String, String> keys, Supplier<T> options) {
        try {
            return options.get();
        } catch (ConfigException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            int colon = message.indexOf(": ");
            if (colon < 0) {
                throw new ConfigException(path, message);
            }
            String component = message.substring(0, colon);
            String key = keys.getOrDefault(component, component);
            throw new ConfigException(path + "." + key, message.substring(colon + 2));
        }
    }

    /** Refuses keys, here and in the sections read from here, that nobody asked for. */
    public void end() {
        for (String key : json.fieldNames()) {
            if (!known.contains(key) && !key.equals("$schema")) {
                throw new ConfigException(path + "." + key, "unknown key (" + Nearest.hint(key, known) + ")");
            }
        }
        sections.values().forEach(Section::end);
    }

    private @Nullable Object value(String key) {
        known.add(key);
        return json.getValue(key);
    }

    private <T> T read(String key, String expected, T otherwise, Function<Object, T> convert) {
        Object value = value(key);
        if (value == null) {
            return otherwise;
        }
        try {
            return convert.apply(value);
        } catch (ClassCastException | NullPointerException e) { // NullPointerException: a null in a list
            throw wrong(key, value, expected);
        }
    }

    private ConfigException wrong(String key, Object value, String expected) {
        String shown = expected.contains(" object") ? outline(value) : shown(value);
        return new ConfigException(path + "." + key, shown + " (expected: " + expected + ")");
    }

    /** What stands where an object should may hold the secrets of that object: nothing of it is shown. */
    private static String outline(Object value) {
        return value instanceof JsonArray ? "[...]" : value instanceof String ? "\"...\"" : "...";
    }

    private static String shown(Object value) {
        boolean nested = value instanceof JsonArray list && list.stream().anyMatch(each -> !isScalar(each));
        if (nested) {
            return "[...]";
        }
        if (value instanceof JsonObject) {
            return "{...}";
        }
        String text = Secret.masked(value instanceof String ? "\"" + value + "\"" : String.valueOf(value));
        return text.length() > 80 ? text.substring(0, 77) + "..." : text;
    }

    private static boolean isScalar(@Nullable Object value) {
        return !(value instanceof JsonObject) && !(value instanceof JsonArray);
    }
}
