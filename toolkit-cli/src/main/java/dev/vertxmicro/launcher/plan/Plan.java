package dev.vertxmicro.launcher.plan;

import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.config.ConfigException;
import dev.vertxmicro.config.Secret;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.launcher.overlay.ConfigFile;
import dev.vertxmicro.launcher.overlay.Overlay;
import dev.vertxmicro.verticle.ClusterMember;
import dev.vertxmicro.verticle.DescribedVerticles;
import dev.vertxmicro.verticle.ServiceVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What a run is to deploy, read and checked before anything starts.
 *
 * @param verticles in the order of deployment
 */
public record Plan(List<Item> verticles) {

    /**
     * One verticle.
     *
     * @param name    class, or {@code prefix:name} of a verticle factory
     * @param options how to deploy it
     * @param file    where its descriptor was read, for errors
     * @param service whether it is a service, with a descriptor
     * @param described whether its configuration is a descriptor, as that of a RegistryVerticle is, too
     */
    public record Item(String name, DeploymentOptions options, String file, boolean service, boolean described) {
        private static final String DRAIN_TIMEOUT = "10s";
        private static final String CONFIG = "config";

        /**
         * Shows how it is deployed: all options, and its descriptor with all defaults.
         *
         * @param host that services listen on which have no address of their own, empty for none
         */
        JsonObject effective(Optional<String> host) {
            JsonObject all = options.toJson();
            JsonObject config = options.getConfig() == null ? new JsonObject() : options.getConfig();
            all.put(CONFIG, described ? DescribedVerticles.effective(listening(host, config)) : Secret.masked(config));
            JsonObject shown = new JsonObject();
            PlannedOptions.KEYS.stream().filter(all::containsKey).forEach(key -> shown.put(key, all.getValue(key)));
            return new JsonObject().put("main", name).put("options", shown.put(CONFIG, all.getValue(CONFIG)));
        }

        private static JsonObject listening(Optional<String> host, JsonObject config) {
            return host.map(each -> ClusterMember.placed(each, config)).orElse(config);
        }

        /** Words what a stop waits for. */
        public String waitedFor() {
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

    /**
     * Shows what would run, in the form of a topology: all options, all defaults; secrets masked.
     *
     * @param host that services listen on which have no address of their own, empty for none
     * @return the topology
     */
    public JsonObject effective(Optional<String> host) {
        JsonArray all = new JsonArray();
        verticles.forEach(item -> all.add(item.effective(host)));
        return new JsonObject().put("verticles", all);
    }

    /** Says what takes time when these are stopped. */
    public String waitedFor() {
        return verticles.stream().map(Item::waitedFor).collect(Collectors.joining("; "));
    }

    /** Plans what {@code vertx run} was asked for: a class, {@code service:NAME}, or a topology file of one process. */
    public static Plan of(
            String main, ConfigFile config, DeploymentOptions options, Overlay overlay, ClassLoader loader) {
        return of(main, Optional.empty(), config, options, overlay, loader);
    }

    /** Plans the same, or the part that the node of this name has of a topology of several processes. */
    public static Plan of(
            String main,
            Optional<String> node,
            ConfigFile config,
            DeploymentOptions options,
            Overlay overlay,
            ClassLoader loader) {
        if (main.endsWith(".json")) {
            if (!config.equals(ConfigFile.NONE) || options.getInstances() != DeploymentOptions.DEFAULT_INSTANCES) {
                throw LaunchException.usage("-conf, -instances: not for a topology (expected: them in " + main + ")");
            }
            return topology(ConfigFile.read(ConfigFile.path(main)), node, overlay, loader);
        }
        node.ifPresent(name -> {
            throw LaunchException.usage("--node: " + name + " (expected: with a topology file)");
        });
        if (main.startsWith(ServiceVerticleFactory.PREFIX + ":")) {
            String name = main.substring(ServiceVerticleFactory.PREFIX.length() + 1);
            ConfigFile file = ServiceVerticleFactory.find(name, loader);
            ServiceVerticleFactory.requireNoService(file);
            JsonObject options2 = options.toJson();
            options2.put("config", config.json());
            Section root = Section.root(merged(file.json(), options2));
            return in(file.name(), () -> new Plan(List.of(item(file.name(), root, overlay, loader))));
        }
        VerticleName name = VerticleName.of(main, loader);
        return new Plan(List.of(checked(name, options, config.json(), new Where(config.name(), "$", true), overlay)));
    }

    /** Where a descriptor was read; alone: it is the only one, so what was typed is meant for it. */
    private record Where(String file, String path, boolean alone) {}

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

    private static Plan topology(ConfigFile file, Optional<String> node, Overlay overlay, ClassLoader loader) {
        return in(file.name(), () -> {
            List<Item> items = new ArrayList<>();
            for (Section verticle : TopologyFile.verticles(file, node)) {
                items.add(item(file.name(), verticle, overlay, loader));
            }
            return new Plan(items);
        });
    }

    /** Names the file that something is wrong in. */
    private static Plan in(String file, Supplier<Plan> plan) {
        try {
            return plan.get();
        } catch (ConfigException e) {
            throw LaunchException.deployment(file + ": " + e.getMessage());
        }
    }

    private static Item item(String file, Section root, Overlay overlay, ClassLoader loader) {
        String main = root.string("main", "");
        Section own = root.section("options");
        DeploymentOptions options = PlannedOptions.from(own);
        JsonObject config = own.object("config");
        root.end();
        if (main.isEmpty()) {
            throw new ConfigException(root.path() + ".main", "missing (expected: the class of a verticle)");
        }
        VerticleName name;
        try {
            name = VerticleName.of(main, loader);
        } catch (LaunchException e) {
            throw new ConfigException(root.path() + ".main", String.valueOf(e.getMessage()));
        }
        return checked(name, options, config, new Where(file, own.path() + ".config", false), overlay);
    }

    private static Item checked(
            VerticleName name, DeploymentOptions options, JsonObject config, Where where, Overlay overlay) {
        Class<?> type = name.type().orElse(Object.class);
        if (!DescribedVerticles.contain(type)) {
            return new Item(name.text(), options.setConfig(config), where.file(), false, false);
        }
        try {
            boolean service = ServiceVerticle.class.isAssignableFrom(type);
            JsonObject laid = service || where.alone() ? overlay.over(config) : config;
            DescribedVerticles.read(type, laid);
            return new Item(name.text(), options.setConfig(laid), where.file(), service, true);
        } catch (ConfigException e) {
            String line = overlay.explain("", e);
            String moved = line.startsWith("$") ? where.path() + line.substring(1) : line;
            boolean typed = !line.startsWith("$");
            throw LaunchException.deployment(typed || where.file().isEmpty() ? moved : where.file() + ": " + moved);
        }
    }
}
