package dev.vertxmicro.launcher;

import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.config.ConfigException;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.descriptor.ServiceDescriptor;
import dev.vertxmicro.verticle.ServiceVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a run is to deploy, read and checked before anything starts.
 *
 * @param verticles in the order of deployment
 */
record Plan(List<Item> verticles) {
    private static final Set<String> OPTIONS = Set.of(
            "config",
            "ha",
            "instances",
            "maxWorkerExecuteTime",
            "maxWorkerExecuteTimeUnit",
            "threadingModel",
            "workerPoolName",
            "workerPoolSize");

    /**
     * One verticle.
     *
     * @param name    class, or {@code prefix:name} of a verticle factory
     * @param options how to deploy it
     * @param file    where its descriptor was read, for errors
     * @param service whether it is a service, with a descriptor
     */
    record Item(String name, DeploymentOptions options, String file, boolean service) {
        private static final String DRAIN_TIMEOUT = "10s";

        String waitedFor() {
            if (!service) {
                return name + " to stop";
            }
            JsonObject config = options.getConfig();
            Object server = config == null ? null : config.getValue("server");
            Object drain = server instanceof JsonObject json ? json.getValue("drainTimeout") : null;
            return name + " to leave the registry and to answer the calls that run, "
                    + (drain == null ? DRAIN_TIMEOUT : drain) + " at most";
        }
    }

    /** Says what takes time when these are stopped. */
    String waitedFor() {
        return verticles.stream().map(Item::waitedFor).collect(Collectors.joining("; "));
    }

    /** Plans what {@code vertx run} was asked for: a class, {@code service:NAME}, or a topology file. */
    static Plan of(String main, ConfigFile config, DeploymentOptions options, Overlay overlay, ClassLoader loader) {
        if (main.endsWith(".json")) {
            if (!config.equals(ConfigFile.NONE) || options.getInstances() != DeploymentOptions.DEFAULT_INSTANCES) {
                throw LaunchException.usage("-conf, -instances: not for a topology (expected: them in " + main + ")");
            }
            return topology(ConfigFile.read(Path.of(main)), overlay, loader);
        }
        if (main.startsWith(ServiceVerticleFactory.PREFIX + ":")) {
            String name = main.substring(ServiceVerticleFactory.PREFIX.length() + 1);
            ConfigFile file = ServiceVerticleFactory.find(name, loader);
            JsonObject options2 = options.toJson();
            options2.put("config", config.json());
            Item item = item(file.name(), "$", merged(file.json(), options2), overlay, loader);
            return new Plan(List.of(item));
        }
        return new Plan(List.of(checked(main, options, config.json(), new Where(config.name(), "$"), overlay, loader)));
    }

    private record Where(String file, String path) {}

    /** What was typed wins over the file. */
    private static JsonObject merged(JsonObject file, JsonObject typed) {
        JsonObject result = file.copy();
        Object of = result.getValue("options", new JsonObject());
        if (of instanceof JsonObject options) {
            JsonObject config = typed.getJsonObject("config");
            typed.fieldNames().stream()
                    .filter(key -> key.equals("instances") && typed.getInteger(key) > 1)
                    .forEach(key -> options.put(key, typed.getValue(key)));
            if (!config.isEmpty()) {
                Object own = options.getValue("config", new JsonObject());
                options.put("config", own instanceof JsonObject json ? json.mergeIn(config, true) : own);
            }
            result.put("options", options);
        }
        return result;
    }

    private static Plan topology(ConfigFile file, Overlay overlay, ClassLoader loader) {
        List<Item> items = new ArrayList<>();
        try {
            Section root = Section.root(file.json());
            int size = root.sections("verticles").size();
            root.end();
            if (size == 0) {
                throw new ConfigException("$.verticles", "none (expected: a list of {\"main\", \"options\"})");
            }
            for (int i = 0; i < size; i++) {
                JsonObject verticle = file.json().getJsonArray("verticles").getJsonObject(i);
                items.add(item(file.name(), "$.verticles[" + i + "]", verticle, overlay, loader));
            }
        } catch (ConfigException e) {
            throw LaunchException.deployment(file.name() + ": " + e.getMessage());
        }
        return new Plan(items);
    }

    private static Item item(String file, String path, JsonObject json, Overlay overlay, ClassLoader loader) {
        try {
            Section root = Section.root(json);
            String main = root.string("main", "");
            JsonObject options = root.object("options");
            Section known = root.section("options");
            OPTIONS.forEach(known::has);
            JsonObject config = known.object("config");
            known.integer("instances", 1);
            root.end();
            if (main.isEmpty()) {
                throw new ConfigException("$.main", "missing (expected: the class of a verticle)");
            }
            JsonObject rest = options.copy();
            rest.remove("config");
            DeploymentOptions deployment = new DeploymentOptions(rest);
            return checked(main, deployment, config, new Where(file, path + ".options.config"), overlay, loader);
        } catch (ConfigException e) {
            String message = String.valueOf(e.getMessage());
            throw LaunchException.deployment(
                    file + ": " + (message.startsWith("$") ? path + message.substring(1) : message));
        } catch (IllegalArgumentException e) {
            throw LaunchException.deployment(file + ": " + path + ".options: " + e.getMessage());
        }
    }

    private static Item checked(
            String main,
            DeploymentOptions options,
            JsonObject config,
            Where where,
            Overlay overlay,
            ClassLoader loader) {
        VerticleName name = VerticleName.of(main, loader);
        boolean service =
                name.type().filter(ServiceVerticle.class::isAssignableFrom).isPresent();
        if (!service) {
            return new Item(main, options.setConfig(config), where.file(), false);
        }
        try {
            JsonObject laid = overlay.over(config);
            ServiceDescriptor.parse(laid);
            return new Item(main, options.setConfig(laid), where.file(), true);
        } catch (ConfigException e) {
            String line = overlay.explain("", e);
            String moved = line.startsWith("$") ? where.path() + line.substring(1) : line;
            boolean typed = !line.startsWith("$");
            throw LaunchException.deployment(typed || where.file().isEmpty() ? moved : where.file() + ": " + moved);
        }
    }
}
