package dev.vertxmicro.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One object of a JSON configuration, read key by key; it remembers which keys were asked for, so that {@link #end} can
 * refuse the others. Every method throws {@link ConfigException} for a value of the wrong type; null is one. Not for concurrent
 * use.
 */
public final class Section {
    private static final Pattern ISO_DURATION = Pattern.compile("-?PT[-0-9.HMS]+");

    private final String path;
    private final JsonObject json;
    private final Map<String, Section> sections = new TreeMap<>();
    private final Map<String, List<Section>> lists = new TreeMap<>();
    private final Map<String, Setting> known = new TreeMap<>();
    private final List<Built> built = new ArrayList<>();

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
            JsonObject object = read(k, Setting.Kind.SECTION, new JsonObject(), (setting, value) -> (JsonObject) value);
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
        return read(key, Setting.Kind.TEXT, otherwise, (setting, value) -> (String) value);
    }

    /**
     * Reads a text that nobody may see, not even in the error when it is none.
     *
     * @param key its key
     * @return the secret, none where the key is absent
     */
    public Secret secret(String key) {
        return read(key, Setting.Kind.SECRET, Secret.NONE, (setting, value) -> Secret.of((String) value));
    }

    /**
     * Reads a whole number.
     *
     * @param key its key
     * @param otherwise what an absent key means
     * @return the number
     */
    public int integer(String key, int otherwise) {
        return read(key, Setting.Kind.INTEGER, otherwise, (setting, value) -> {
            if (value instanceof Number number && !(value instanceof Integer) && number.doubleValue() % 1 == 0) {
                throw wrong(setting, value, "a whole number from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE);
            }
            return (Integer) value;
        });
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
                Setting.Kind.WHOLE_NUMBER,
                otherwise,
                (setting, value) -> value instanceof Integer small ? (long) small : (Long) value);
    }

    /**
     * Reads a truth value.
     *
     * @param key its key
     * @param otherwise what an absent key means
     * @return the value
     */
    public boolean bool(String key, boolean otherwise) {
        return read(key, Setting.Kind.BOOLEAN, otherwise, (setting, value) -> (Boolean) value);
    }

    /**
     * Reads a duration.
     *
     * @param key its key
     * @param otherwise what an absent key means
     * @return the duration
     */
    public Duration duration(String key, Duration otherwise) {
        return read(key, Setting.Kind.DURATION, otherwise, (setting, value) -> {
            String text = (String) value;
            try {
                return Durations.parse(text);
            } catch (IllegalArgumentException e) {
                throw new ConfigException(setting.path(), String.valueOf(e.getMessage()));
            }
        });
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
        List<String> words = choices.keySet().stream().sorted().toList();
        Setting setting = new Setting(
                path + "." + key,
                Setting.Kind.CHOICE,
                words.stream()
                        .filter(word -> otherwise.equals(choices.get(word)))
                        .<Object>map(word -> word)
                        .findFirst(),
                words,
                Optional.empty());
        return read(key, setting, otherwise, (same, value) -> {
            T chosen = value instanceof String word ? choices.get(word) : null;
            if (chosen == null) {
                String nearest = Nearest.of(String.valueOf(value), words)
                        .map(word -> "; nearest known: " + word)
                        .orElse("");
                throw wrong(same, value, String.join(" | ", words) + nearest);
            }
            return chosen;
        });
    }

    /**
     * Reads a list of texts.
     *
     * @param key its key
     * @return the list, empty where the key is absent
     */
    public List<String> strings(String key) {
        return read(key, Setting.Kind.TEXTS, List.of(), (setting, value) -> texts(setting, (JsonArray) value));
    }

    /**
     * Reads a list of texts that may also be one text with commas, as a flag gives it.
     *
     * @param key       its key
     * @param otherwise what holds where the key is absent
     * @return the list, without blanks around its elements and without empty ones
     */
    public List<String> list(String key, List<String> otherwise) {
        return read(key, Setting.Kind.LIST, otherwise, (setting, value) -> {
            List<String> parts =
                    value instanceof String text ? List.of(text.split(",")) : texts(setting, (JsonArray) value);
            return parts.stream()
                    .map(String::trim)
                    .filter(part -> !part.isEmpty())
                    .toList();
        });
    }

    private List<String> texts(Setting setting, JsonArray array) {
        List<String> texts = new ArrayList<>();
        for (Object element : array) {
            if (!(element instanceof String text)) {
                throw wrong(setting, array, setting.kind().expected());
            }
            texts.add(text);
        }
        return List.copyOf(texts);
    }

    /**
     * Reads an object of texts.
     *
     * @param key its key
     * @return the entries, empty where the key is absent
     */
    public Map<String, String> map(String key) {
        return read(key, Setting.Kind.MAP, Map.of(), (setting, value) -> {
            Map<String, String> entries = new TreeMap<>();
            for (Map.Entry<String, Object> entry : (JsonObject) value) {
                if (!(entry.getValue() instanceof String text)) {
                    throw new ConfigException(
                            setting.path() + "." + entry.getKey(),
                            Shown.value(entry.getValue()) + " (expected: a text)");
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
        return read(key, Setting.Kind.OBJECT, new JsonObject(), (setting, value) -> (JsonObject) value);
    }

    /**
     * Reads a list of objects.
     *
     * @param key its key
     * @return a section each
     */
    public List<Section> sections(String key) {
        return read(key, Setting.Kind.SECTIONS, List.of(), (setting, value) -> {
            List<Section> list = new ArrayList<>();
            for (Object element : (JsonArray) value) {
                String at = setting.path() + "[" + list.size() + "]";
                if (!(element instanceof JsonObject object)) {
                    throw new ConfigException(at, Shown.outline(element) + " (expected: an object)");
                }
                list.add(new Section(at, object));
            }
            lists.put(key, list);
            return list;
        });
    }

    /**
     * Tells whether a key is there; to be followed by its reading.
     *
     * @param key the key
     * @return true if something stands there, be it null
     */
    public boolean has(String key) {
        return json.containsKey(key);
    }

    /** Lists the keys that are there and that nobody has asked for. */
    public List<String> unread() {
        return json.fieldNames().stream().filter(key -> !known.containsKey(key)).toList();
    }

    /**
     * Lists what was asked for, here and in the sections read from here; of a list of sections, in the first of them.
     *
     * @return a setting each, by path
     */
    public List<Setting> settings() {
        List<Setting> all = new ArrayList<>();
        known.forEach((key, setting) -> {
            all.add(setting.heldBy(
                    built.stream().flatMap(each -> each.component(key).stream()).findFirst()));
            Section inner = sections.get(key);
            if (inner != null) {
                all.addAll(inner.settings());
            }
            lists.getOrDefault(key, List.of()).stream().limit(1).forEach(first -> all.addAll(first.settings()));
        });
        return List.copyOf(all);
    }

    /** Gives what holds, for people to read: each key that was asked for, with what stands there or else its default; secrets masked. */
    public JsonObject effective() {
        return Effective.of(known, sections, lists, json);
    }

    /**
     * Makes options from what was read, so that what their record refuses names this section, and its components say what
     * the keys mean.
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
            T made = options.get();
            built.add(new Built(made.getClass(), keys));
            return made;
        } catch (ConfigException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            String message = asTyped(String.valueOf(e.getMessage()));
            int colon = message.indexOf(": ");
            if (colon < 0) {
                throw new ConfigException(path, message);
            }
            String component = message.substring(0, colon);
            String key = keys.getOrDefault(component, component);
            throw new ConfigException(path + "." + key, message.substring(colon + 2));
        }
    }

    /** Records word durations as Java does; here they are written as Go does. */
    private static String asTyped(String message) {
        return ISO_DURATION.matcher(message).replaceAll(found -> Durations.text(Duration.parse(found.group())));
    }

    /** Refuses keys, here and in the sections read from here, that nobody asked for. */
    public void end() {
        if (path.equals("$") && json.containsKey("$schema") && !(json.getValue("$schema") instanceof String)) {
            throw new ConfigException("$.$schema", Shown.value(json.getValue("$schema")) + " (expected: a text)");
        }
        for (String key : json.fieldNames()) {
            if (!known.containsKey(key) && !(key.equals("$schema") && path.equals("$"))) {
                throw new ConfigException(path + "." + key, "unknown key (" + Nearest.hint(key, known.keySet()) + ")");
            }
        }
        sections.values().forEach(Section::end);
    }

    private <T> T read(String key, Setting.Kind kind, T otherwise, BiFunction<Setting, Object, T> convert) {
        boolean nothing = otherwise instanceof JsonObject || otherwise instanceof Secret;
        Optional<Object> none = nothing ? Optional.empty() : Optional.of(otherwise);
        return read(key, new Setting(path + "." + key, kind, none, List.of(), Optional.empty()), otherwise, convert);
    }

    private <T> T read(String key, Setting setting, T otherwise, BiFunction<Setting, Object, T> convert) {
        known.put(key, setting);
        Object value = json.getValue(key);
        if (value == null && !json.containsKey(key)) {
            return otherwise;
        }
        String expected =
                setting.choices().isEmpty() ? setting.kind().expected() : String.join(" | ", setting.choices());
        if (value == null) {
            throw wrong(setting, null, expected + "; leave the key out for the default");
        }
        try {
            return convert.apply(setting, value);
        } catch (ClassCastException e) {
            throw wrong(setting, value, expected);
        }
    }

    private static ConfigException wrong(Setting setting, @Nullable Object value, String expected) {
        String shown = setting.kind() == Setting.Kind.SECRET
                ? "***"
                : setting.kind().hides() ? Shown.outline(value) : Shown.value(value);
        return new ConfigException(setting.path(), shown + " (expected: " + expected + ")");
    }
}
