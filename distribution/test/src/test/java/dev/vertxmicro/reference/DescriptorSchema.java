package dev.vertxmicro.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vertxmicro.config.Durations;
import dev.vertxmicro.config.Setting;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings the JSON Schema to what the code says of each key: kind, words, default, and the sentence of the component that holds it. What
 * the code cannot say stays as it is in the file: patterns and bounds, which {@code SchemaAgreementTest} compares with what is
 * refused, and the sentences of keys that no component holds.
 */
final class DescriptorSchema {
    private static final List<String> FIRST = List.of("type", "writeOnly", "description", "enum", "default");

    private final JsonObject root;
    private final Sentences sentences;

    DescriptorSchema(JsonObject root, Sentences sentences) {
        this.root = root.copy();
        this.sentences = sentences;
    }

    /** Changes the schema: keys that are read and no others, in the order in which they were there, new ones behind. */
    JsonObject agreeWith(List<Setting> settings) {
        prune("$", root, settings);
        settings.forEach(this::describe);
        return root;
    }

    private static void prune(String path, JsonObject schema, List<Setting> settings) {
        JsonObject properties = schema.getJsonObject("properties", new JsonObject());
        for (String key : List.copyOf(properties.fieldNames())) {
            String at = path + "." + key;
            if (settings.stream().noneMatch(setting -> setting.path().equals(at)) && !key.equals("$schema")) {
                properties.remove(key);
                continue;
            }
            JsonObject inner = properties.getJsonObject(key);
            prune(at, inner, settings);
            prune(at + "[0]", inner.getJsonObject("items", new JsonObject()), settings);
        }
    }

    private void describe(Setting setting) {
        String path = setting.path();
        int dot = path.lastIndexOf('.');
        JsonObject properties = at(root, path.substring(0, dot)).getJsonObject("properties");
        String key = path.substring(dot + 1);
        JsonObject old = properties.getJsonObject(key, fresh(setting));
        Map<String, Object> said = new LinkedHashMap<>(old.getMap());
        said.put("type", type(setting.kind()));
        setting.component().ifPresent(component -> said.put("description", plain(sentences.of(component))));
        if (setting.kind() == Setting.Kind.SECRET) {
            said.put("writeOnly", true);
        }
        if (!setting.choices().isEmpty() && !sameWords(old.getJsonArray("enum"), setting.choices())) {
            said.put("enum", new JsonArray(setting.choices()));
        }
        if (EveryKey.COMPUTED.contains(path)) {
            said.remove("default");
        } else {
            setting.otherwise()
                    .flatMap(value -> json(value, old.getValue("default")))
                    .ifPresent(value -> said.put("default", value));
        }
        JsonObject ordered = new JsonObject();
        FIRST.stream().filter(said::containsKey).forEach(name -> ordered.put(name, said.remove(name)));
        said.forEach(ordered::put);
        properties.put(key, ordered);
    }

    private static boolean sameWords(JsonArray words, List<String> choices) {
        return words != null
                && words.size() == choices.size()
                && choices.stream().allMatch(words::contains);
    }

    private static long usual(Setting setting) {
        return setting.otherwise().map(Number.class::cast).orElse(0).longValue();
    }

    /** Says of a key that is new what only the code knows, by asking it. */
    private static JsonObject fresh(Setting setting) {
        return switch (setting.kind()) {
            case DURATION ->
                Probe.durations(setting.path(), (Duration) setting.otherwise().orElse(Duration.ofSeconds(1)));
            case SECTION ->
                new JsonObject()
                        .put("description", "Settings of " + setting.path().replaceAll(".*\\.", "") + ".")
                        .put("properties", new JsonObject())
                        .put("additionalProperties", false);
            case SECTIONS ->
                new JsonObject()
                        .put("description", "Settings of " + setting.path().replaceAll(".*\\.", "") + ".")
                        .put(
                                "items",
                                new JsonObject()
                                        .put("type", "object")
                                        .put("properties", new JsonObject())
                                        .put("additionalProperties", false));
            case TEXTS, LIST -> new JsonObject().put("items", new JsonObject().put("type", "string"));
            case MAP -> new JsonObject().put("additionalProperties", new JsonObject().put("type", "string"));
            case INTEGER -> Probe.numbers(setting.path(), usual(setting), Integer.MIN_VALUE, Integer.MAX_VALUE);
            case WHOLE_NUMBER -> Probe.numbers(setting.path(), usual(setting), Long.MIN_VALUE, Long.MAX_VALUE);
            default -> new JsonObject();
        };
    }

    /** Finds the schema of a path, such as {@code $.bridges[0]}. */
    static JsonObject at(JsonObject root, String path) {
        JsonObject schema = root;
        for (String key : path.split("\\.", -1)) {
            if (!key.equals("$")) {
                JsonObject inner = schema.getJsonObject("properties").getJsonObject(key.replace("[0]", ""));
                schema = key.endsWith("[0]") ? inner.getJsonObject("items") : inner;
            }
        }
        return schema;
    }

    private static Object type(Setting.Kind kind) {
        return switch (kind) {
            case TEXT, SECRET, CHOICE, DURATION -> "string";
            case INTEGER, WHOLE_NUMBER -> "integer";
            case BOOLEAN -> "boolean";
            case TEXTS, SECTIONS -> "array";
            case LIST -> new JsonArray(List.of("string", "array"));
            case MAP, SECTION, OBJECT -> "object";
        };
    }

    /** A list or map that is empty needs no word; a duration may be written as it is. */
    private static Optional<Object> json(Object value, Object before) {
        if (value instanceof Duration duration) {
            boolean same =
                    before instanceof String text && Durations.parse(text).equals(duration);
            return Optional.of(same ? before : Durations.text(duration));
        }
        if (value instanceof List<?> list) {
            return list.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            String.join(",", list.stream().map(String::valueOf).toList()));
        }
        return value instanceof Map ? Optional.empty() : Optional.of(value);
    }

    private static String plain(String sentence) {
        String text = sentence.replace("`", "");
        boolean code = sentence.startsWith("`");
        return (code ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1)) + ".";
    }

    /** Writes as the file is laid out: two blanks, one element a line. */
    static String text(JsonObject json) {
        Separators separators = Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator("");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(separators);
        printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
        printer.indentArraysWith(new DefaultIndenter("  ", "\n"));
        try {
            return new ObjectMapper().writer(printer).writeValueAsString(new ObjectMapper().readTree(json.encode()))
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
