package dev.vertxmicro.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Words what holds for a key, to be shown: what stands there or else its default, and nothing that is secret. */
final class Effective {
    private static final String HIDDEN = "***";
    private static final Set<String> SECRET_WORDS =
            Set.of("password", "passwd", "passphrase", "secret", "token", "credential", "credentials", "apikey");

    private Effective() {}

    /** Gives what holds for the keys that were asked for; one without value and default is left out. */
    static JsonObject of(
            Map<String, Setting> known,
            Map<String, Section> sections,
            Map<String, List<Section>> lists,
            JsonObject json) {
        JsonObject all = new JsonObject();
        known.forEach((key, setting) -> {
            Section inner = sections.get(key);
            List<Section> elements = lists.get(key);
            if (inner != null) {
                JsonObject its = inner.effective();
                if (!its.isEmpty() || json.containsKey(key)) {
                    all.put(key, its);
                }
            } else if (elements != null) {
                all.put(
                        key,
                        new JsonArray(elements.stream().map(Section::effective).toList()));
            } else {
                value(setting, json.getValue(key)).ifPresent(value -> all.put(key, value));
            }
        });
        return all;
    }

    /** Gives what is shown of a key; nothing where neither a value nor a default is there. */
    private static Optional<Object> value(Setting setting, @Nullable Object value) {
        if (setting.kind() == Setting.Kind.SECRET) {
            return value == null ? Optional.empty() : Optional.of(HIDDEN);
        }
        return value == null
                ? setting.otherwise().flatMap(Effective::json)
                : Optional.of(masked(value, setting.kind().hides()));
    }

    private static Optional<Object> json(Object otherwise) {
        if (otherwise instanceof Duration duration) {
            return Optional.of(Durations.text(duration));
        }
        if (otherwise instanceof List<?> list) {
            return list.isEmpty() ? Optional.empty() : Optional.of(new JsonArray(list));
        }
        boolean word = otherwise instanceof String || otherwise instanceof Number || otherwise instanceof Boolean;
        return word ? Optional.of(otherwise) : Optional.empty();
    }

    /** Copies a value without what may be secret: in a user's own settings what is called so. */
    static Object masked(Object value, boolean named) {
        if (value instanceof String text) {
            return Secret.masked(text);
        }
        if (value instanceof JsonArray array) {
            return new JsonArray(array.stream()
                    .map(each -> each == null ? null : masked(each, named))
                    .collect(Collectors.toList()));
        }
        if (value instanceof JsonObject object) {
            JsonObject copy = new JsonObject();
            for (Map.Entry<String, Object> entry : object) {
                Object inner = entry.getValue();
                boolean secret = named && isSecret(entry.getKey()) && !(inner instanceof JsonObject);
                copy.put(entry.getKey(), inner == null ? null : secret ? HIDDEN : masked(inner, named));
            }
            return copy;
        }
        return value;
    }

    /** Tells by its last word, as in {@code dbPassword} and {@code API_TOKEN}. */
    private static boolean isSecret(String key) {
        String[] words = key.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT)
                .split("[^a-z0-9]+", -1);
        String last = words.length == 0 ? "" : words[words.length - 1];
        String two = words.length < 2 ? last : words[words.length - 2] + last;
        return SECRET_WORDS.contains(last) || SECRET_WORDS.contains(two);
    }
}
