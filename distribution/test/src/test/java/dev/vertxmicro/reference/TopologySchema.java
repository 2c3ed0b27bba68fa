package dev.vertxmicro.reference;

import dev.vertxmicro.config.ConfigException;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.config.Setting;
import dev.vertxmicro.launcher.plan.PlannedOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** The JSON Schemas of topologies and of service files, made of what the launcher reads. */
final class TopologySchema {
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    private static final String PROPERTIES = "properties";
    private static final String DESCRIPTION = "description";
    private static final Map<String, String> SENTENCES = Map.of(
            "ha", "Whether another process takes it over when this one dies.",
            "instances", "Instances, each on its event loop.",
            "maxWorkerExecuteTime", "How long a worker may run until the log tells of it.",
            "maxWorkerExecuteTimeUnit", "Unit of that time.",
            "threadingModel", "On which threads it runs.",
            "workerPoolName", "Name of a pool of workers of its own.",
            "workerPoolSize", "Workers of its own pool.");

    private TopologySchema() {}

    /** What {@code vertx run FILE.json} takes. */
    static JsonObject topology() {
        JsonObject list = new JsonObject()
                .put("type", "array")
                .put(DESCRIPTION, "Verticles, in the order in which they are deployed.")
                .put("items", new JsonObject().put("$ref", "service-file.schema.json#/$defs/verticle"));
        JsonObject node = object("What runs in the processes of this node.")
                .put(PROPERTIES, new JsonObject().put("verticles", list));
        return root(
                        "vertx-micro topology",
                        "What runs together: vertx run FILE.json, with --node where there are nodes.")
                .put(
                        PROPERTIES,
                        new JsonObject()
                                .put("$schema", schemaKey())
                                .put("verticles", list)
                                .put(
                                        "nodes",
                                        new JsonObject()
                                                .put("type", "object")
                                                .put(DESCRIPTION, "Processes by name, of which --node chooses one.")
                                                .put("additionalProperties", node)))
                .put("additionalProperties", false);
    }

    /** What {@code service:NAME} takes. */
    static JsonObject serviceFile() {
        JsonObject verticle = verticle();
        JsonObject own = verticle.getJsonObject(PROPERTIES).copy();
        return root(
                        "vertx-micro service file",
                        "One verticle, as vertx run service:NAME deploys it: NAME.service.json.")
                .put(PROPERTIES, new JsonObject().put("$schema", schemaKey()).mergeIn(own))
                .put("required", new JsonArray().add("main"))
                .put("additionalProperties", false)
                .put("$defs", new JsonObject().put("verticle", verticle));
    }

    private static JsonObject verticle() {
        Section section = Section.root(new JsonObject());
        PlannedOptions.from(section);
        JsonObject options = new JsonObject();
        section.settings().forEach(setting -> options.put(key(setting), schema(setting)));
        options.put(
                "config",
                new JsonObject()
                        .put(DESCRIPTION, "The descriptor of a service, or what another verticle takes.")
                        .put(
                                "anyOf",
                                new JsonArray()
                                        .add(new JsonObject().put("$ref", "service.schema.json"))
                                        .add(new JsonObject().put("type", "object"))));
        return object("One verticle.")
                .put(
                        PROPERTIES,
                        new JsonObject()
                                .put(
                                        "main",
                                        new JsonObject()
                                                .put("type", "string")
                                                .put(DESCRIPTION, "Its class, or what a verticle factory knows.")
                                                .put("pattern", "\\S"))
                                .put("options", object("How Vert.x deploys it.").put(PROPERTIES, options)))
                .put("required", new JsonArray().add("main"));
    }

    private static JsonObject schema(Setting setting) {
        JsonObject schema = new JsonObject()
                .put(
                        "type",
                        switch (setting.kind()) {
                            case BOOLEAN -> "boolean";
                            case INTEGER, WHOLE_NUMBER -> "integer";
                            default -> "string";
                        })
                .put(DESCRIPTION, SENTENCES.getOrDefault(key(setting), "?"));
        if (!setting.choices().isEmpty()) {
            schema.put("enum", new JsonArray(setting.choices()));
        }
        setting.otherwise().filter(value -> !"".equals(value)).ifPresent(value -> schema.put("default", value));
        if (schema.getString("type").equals("integer") && refuses(key(setting), 0) && !refuses(key(setting), 1)) {
            schema.put("minimum", 1);
        }
        return schema;
    }

    private static boolean refuses(String key, Object value) {
        try {
            PlannedOptions.from(Section.root(new JsonObject().put(key, value)));
            return false;
        } catch (ConfigException e) {
            return true;
        }
    }

    private static String key(Setting setting) {
        return setting.path().substring("$.".length());
    }

    private static JsonObject root(String title, String description) {
        return new JsonObject()
                .put("$schema", DIALECT)
                .put("title", title)
                .put("type", "object")
                .put(DESCRIPTION, description);
    }

    private static JsonObject object(String description) {
        return new JsonObject()
                .put("type", "object")
                .put(DESCRIPTION, description)
                .put("additionalProperties", false);
    }

    private static JsonObject schemaKey() {
        return new JsonObject().put("type", "string").put(DESCRIPTION, "Where this schema is; for editors.");
    }
}
