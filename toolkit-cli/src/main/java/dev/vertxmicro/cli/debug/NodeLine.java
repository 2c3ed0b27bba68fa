package dev.vertxmicro.cli.debug;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import dev.vertxmicro.cli.terminal.Output;
import dev.vertxmicro.debug.DebugSchema;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * A line that a node has logged.
 *
 * @param node      its id
 * @param timestamp Unix seconds
 * @param value     what was said
 * @param metadata  what is known besides
 */
record NodeLine(String node, long timestamp, String value, Map<String, String> metadata) {

    static NodeLine of(String node, DynamicMessage record) {
        Map<String, String> metadata = new TreeMap<>();
        for (Object entry :
                (Iterable<?>) record.getField(record.getDescriptorForType().findFieldByName("metadata"))) {
            metadata.put(DebugSchema.text((Message) entry, "key"), DebugSchema.text((Message) entry, "value"));
        }
        return new NodeLine(node, DebugSchema.number(record, "timestamp"), DebugSchema.text(record, "value"), metadata);
    }

    void print(boolean json, boolean named) {
        if (json) {
            JsonObject all = new JsonObject();
            metadata.forEach(all::put);
            Output.json(new JsonObject()
                    .put("node", node)
                    .put("timestamp", timestamp)
                    .put("value", value)
                    .put("metadata", all));
            return;
        }
        Output.line((named ? "[" + node + "] " : "")
                + time()
                + word("level", " ")
                + word("logger", ": ")
                + value.stripTrailing());
    }

    private String time() {
        return Instant.ofEpochSecond(Math.max(0, Math.min(timestamp, Integer.MAX_VALUE))) + " ";
    }

    private String word(String key, String end) {
        String word = metadata.getOrDefault(key, "");
        return word.isEmpty() ? "" : word + end;
    }
}
