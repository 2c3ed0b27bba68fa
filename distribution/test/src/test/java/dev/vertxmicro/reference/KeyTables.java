package dev.vertxmicro.reference;

import dev.vertxmicro.config.Setting;
import dev.vertxmicro.house.Schema;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes the tables of keys in a page, each between {@code <!-- keys: registry.mdns -->} and {@code <!-- end of keys -->}. A table
 * has the keys of the sections that are named, in the order of the schema; of a section within, one row.
 */
final class KeyTables {
    private static final Pattern TABLE =
            Pattern.compile("(<!-- keys: ([^>]+) -->\n).*?(<!-- end of keys -->)", Pattern.DOTALL);

    private final JsonObject schema;
    private final Sentences sentences;
    private final Map<String, Setting> settings;

    KeyTables(JsonObject schema, List<Setting> settings, Sentences sentences) {
        this.schema = schema;
        this.sentences = sentences;
        this.settings = settings.stream().collect(Collectors.toMap(Setting::path, Function.identity()));
    }

    /** Gives the page with its tables made anew. */
    String rewrite(String page) {
        return TABLE.matcher(page)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1) + table(found.group(2)) + found.group(3)));
    }

    private String table(String sections) {
        StringBuilder table = new StringBuilder("| key | value | default | meaning |\n|---|---|---|---|\n");
        for (String section : sections.split(" ", -1)) {
            String path = section.equals("$") ? "$" : "$." + section.replace("[]", "[0]");
            DescriptorSchema.at(schema, path).getJsonObject("properties").forEach(entry -> {
                Setting setting = settings.get(path + "." + entry.getKey());
                boolean listed = section.equals("$")
                        && entry.getValue() instanceof JsonObject inner
                        && inner.containsKey("properties");
                if (setting != null && !listed) {
                    table.append(row(setting, (JsonObject) entry.getValue()));
                }
            });
        }
        return table.toString();
    }

    private String row(Setting setting, JsonObject node) {
        String key = setting.path().substring(2).replace("[0]", "[]");
        return "| `" + key + "` | " + value(setting, node) + " | " + otherwise(node) + " | " + meaning(setting, node)
                + " |\n";
    }

    private String meaning(Setting setting, JsonObject node) {
        String prose = node.getString("description").replaceAll("\\.$", "");
        String text = setting.component()
                .map(sentences::of)
                .orElse(setting.kind() == Setting.Kind.SECTION ? prose : lowered(prose));
        return text.replace("|", "\\|");
    }

    private static String lowered(String text) {
        return Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }

    private static String value(Setting setting, JsonObject node) {
        return switch (setting.kind()) {
            case CHOICE ->
                node.getJsonArray("enum").stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
            case BOOLEAN -> "boolean";
            case INTEGER, WHOLE_NUMBER -> bounds("number", node.getValue("minimum"), largest(node));
            case DURATION -> duration(node);
            case TEXT -> "text";
            case SECRET -> "secret";
            case TEXTS -> "list of texts";
            case LIST -> "texts with commas, or a list";
            case MAP -> "object of texts";
            case SECTION, OBJECT -> "object";
            case SECTIONS -> "list of objects";
        };
    }

    private static Object largest(JsonObject node) {
        long maximum = node.getLong("maximum");
        return maximum == Integer.MAX_VALUE || maximum == Long.MAX_VALUE ? null : maximum;
    }

    private static String duration(JsonObject node) {
        String least = node.getString("minimumDuration");
        String most = node.getString("maximumDuration");
        boolean zero = new Schema(node).problems("0").isEmpty();
        return least == null && most == null ? zero ? "duration" : "duration > 0" : bounds("duration", least, most);
    }

    private static String bounds(String kind, @Nullable Object least, @Nullable Object most) {
        if (least == null) {
            return kind + " <= " + most;
        }
        return most == null ? kind + " >= " + least : kind + ", " + least + " to " + most;
    }

    private static String otherwise(JsonObject node) {
        Object value = node.getValue("default");
        boolean none = value == null || value.equals("") || (value instanceof JsonArray array && array.isEmpty());
        return none ? "–" : "`" + value + "`";
    }
}
