package dev.vertxmicro.house;

import dev.vertxmicro.config.Durations;
import io.netty.util.NetUtil;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The JSON Schema of descriptors, as far as it is used: one object of it, and what it refuses. */
public record Schema(JsonObject json) {
    private static final Path FOLDER = Path.of("..", "..", "conf", "schema");

    /** Reads the schema of services. */
    public static Schema read() {
        return read("service");
    }

    /** Reads the schema of a kind of configuration. */
    static Schema read(String kind) {
        try {
            return new Schema(new JsonObject(Files.readString(FOLDER.resolve(kind + ".schema.json"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lists the schema of every key by its JSON path; elements of lists are {@code [0]}. */
    public TreeMap<String, Schema> byPath() {
        TreeMap<String, Schema> all = new TreeMap<>();
        collect("$", all);
        return all;
    }

    private void collect(String path, TreeMap<String, Schema> all) {
        json.getJsonObject("properties", new JsonObject()).forEach(entry -> {
            Schema inner = new Schema((JsonObject) entry.getValue());
            String at = path + "." + entry.getKey();
            all.put(at, inner);
            inner.collect(at, all);
            JsonObject items = inner.json.getJsonObject("items");
            if (items != null) {
                new Schema(items).collect(at + "[0]", all);
            }
        });
    }

    /** Says what is wrong with a value, nothing if it is taken. */
    public List<String> problems(Object value) {
        List<String> problems = new ArrayList<>();
        check(value, "$", problems);
        return problems;
    }

    private void check(Object value, String path, List<String> problems) {
        List<String> types = types();
        if (!types.isEmpty() && !types.contains(typeOf(value))) {
            problems.add(path + ": " + value + " (expected: " + types + ")");
            return;
        }
        JsonArray words = json.getJsonArray("enum");
        if (words != null && !words.contains(value)) {
            problems.add(path + ": " + value + " (expected: " + words + ")");
        }
        if (value instanceof String text && !takes(text)) {
            problems.add(path + ": " + text);
        }
        if (value instanceof Number number && !takes(new BigDecimal(number.toString()))) {
            problems.add(path + ": " + number);
        }
        if (value instanceof JsonObject object) {
            checkKeys(object, path, problems);
        }
        if (value instanceof JsonArray array && array.size() < json.getInteger("minItems", 0)) {
            problems.add(path + ": too few");
        }
        if (value instanceof JsonArray array
                && Boolean.TRUE.equals(json.getBoolean("uniqueItems"))
                && array.stream().distinct().count() < array.size()) {
            problems.add(path + ": twice");
        }
        if (value instanceof JsonArray array && json.containsKey("items")) {
            Schema items = new Schema(json.getJsonObject("items"));
            for (int i = 0; i < array.size(); i++) {
                items.check(array.getValue(i), path + "[" + i + "]", problems);
            }
        }
    }

    private void checkKeys(JsonObject object, String path, List<String> problems) {
        JsonObject properties = json.getJsonObject("properties", new JsonObject());
        object.forEach(entry -> {
            String at = path + "." + entry.getKey();
            Object others = json.getValue("additionalProperties");
            if (properties.containsKey(entry.getKey())) {
                new Schema(properties.getJsonObject(entry.getKey())).check(entry.getValue(), at, problems);
            } else if (others instanceof JsonObject each) {
                new Schema(each).check(entry.getValue(), at, problems);
            } else if (Boolean.FALSE.equals(others)) {
                problems.add(at + " is not in the schema");
            }
        });
        json.getJsonArray("required", new JsonArray()).stream()
                .filter(key -> !object.containsKey(String.valueOf(key)))
                .forEach(key -> problems.add(path + "." + key + " is missing"));
    }

    private boolean takes(String text) {
        String pattern = json.getString("pattern");
        if (pattern != null && !Pattern.compile(pattern).matcher(text).find()) {
            return false;
        }
        if (text.length() < json.getInteger("minLength", 0) || text.length() > json.getInteger("maxLength", 99_999)) {
            return false;
        }
        String shortest = json.getString("minimumDuration");
        if (shortest != null && Durations.parse(text).compareTo(Durations.parse(shortest)) < 0) {
            return false;
        }
        String longest = json.getString("maximumDuration");
        if (longest != null && Durations.parse(text).compareTo(Durations.parse(longest)) > 0) {
            return false;
        }
        return switch (json.getString("format", "")) {
            case "file" -> text.isEmpty() || Path.of(text).toFile().canRead();
            case "ip" -> text.isEmpty() || NetUtil.createByteArrayFromIpAddressString(text) != null;
            default -> true;
        };
    }

    private boolean takes(BigDecimal number) {
        return (!json.containsKey("minimum") || number.compareTo(bound("minimum")) >= 0)
                && (!json.containsKey("maximum") || number.compareTo(bound("maximum")) <= 0);
    }

    private BigDecimal bound(String key) {
        return new BigDecimal(json.getValue(key).toString());
    }

    /** Lists the types of values that are taken. */
    public List<String> types() {
        Object type = json.getValue("type");
        return type instanceof JsonArray several
                ? several.stream().map(String.class::cast).toList()
                : type == null ? List.of() : List.of((String) type);
    }

    private static String typeOf(Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof JsonObject) {
            return "object";
        }
        if (value instanceof JsonArray) {
            return "array";
        }
        if (value instanceof Boolean) {
            return "boolean";
        }
        if (value instanceof Number number) {
            return number.doubleValue() % 1 == 0 ? "integer" : "number";
        }
        return "string";
    }
}
