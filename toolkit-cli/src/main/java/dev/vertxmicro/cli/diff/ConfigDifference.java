package dev.vertxmicro.cli.diff;

import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.JacksonCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** In what two JSON objects differ. */
final class ConfigDifference {
    private static final JacksonCodec JSON = new JacksonCodec();
    private static final Pattern PLAIN = Pattern.compile("[\\w$-]+");

    private ConfigDifference() {}

    /**
     * Compares.
     *
     * @return two lines for each path whose values differ, one where only one of them has it; by path
     */
    static List<String> lines(JsonObject one, JsonObject other) {
        Map<String, String> before = new TreeMap<>();
        Map<String, String> after = new TreeMap<>();
        flatten("$", one, before);
        flatten("$", other, after);
        SortedSet<String> paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        List<String> lines = new ArrayList<>();
        for (String path : paths) {
            String was = before.get(path);
            String is = after.get(path);
            if (was != null && !was.equals(is)) {
                lines.add("- " + path + ": " + was);
            }
            if (is != null && !is.equals(was)) {
                lines.add("+ " + path + ": " + is);
            }
        }
        return lines;
    }

    private static void flatten(String path, Object value, Map<String, String> into) {
        if (value instanceof JsonObject object && !object.isEmpty()) {
            for (Map.Entry<String, Object> entry : object) {
                boolean plain = PLAIN.matcher(entry.getKey()).matches();
                flatten(path + (plain ? "." + entry.getKey() : "[" + entry.getKey() + "]"), entry.getValue(), into);
            }
        } else {
            into.put(path, JSON.toString(value, false));
        }
    }
}
