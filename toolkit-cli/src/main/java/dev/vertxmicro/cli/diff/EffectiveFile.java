package dev.vertxmicro.cli.diff;

import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.config.ConfigException;
import dev.vertxmicro.config.Secret;
import dev.vertxmicro.descriptor.ServiceDescriptor;
import dev.vertxmicro.launcher.overlay.ConfigFile;
import dev.vertxmicro.verticle.DescribedVerticles;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a file says in the end: a descriptor, a service file, or a topology, each configuration with its defaults. Verticles stand under
 * the name of their class, so that those of two files can be compared whatever their order.
 */
final class EffectiveFile {
    private static final String MAIN = "main";
    private static final String VERTICLES = "verticles";
    private static final String NODES = "nodes";
    private static final String OPTIONS = "options";
    private static final String CONFIG = "config";

    private EffectiveFile() {}

    static JsonObject of(ConfigFile file) {
        JsonObject json = file.json();
        if (json.containsKey(MAIN)) {
            return verticle(json);
        }
        if (!json.containsKey(VERTICLES) && !json.containsKey(NODES)) {
            try {
                return DescribedVerticles.effective(json);
            } catch (ConfigException e) {
                throw LaunchException.deployment(file.name() + ": " + e.getMessage());
            }
        }
        JsonObject all = new JsonObject();
        all.put(VERTICLES, named(json.getValue(VERTICLES)));
        JsonObject nodes = new JsonObject();
        if (json.getValue(NODES) instanceof JsonObject given) {
            for (Map.Entry<String, Object> node : given) {
                Object its = node.getValue() instanceof JsonObject one ? one.getValue(VERTICLES) : null;
                nodes.put(node.getKey(), new JsonObject().put(VERTICLES, named(its)));
            }
        }
        return all.put(NODES, nodes);
    }

    /** Names them by their classes; the second of a class is its {@code #2}. */
    private static JsonObject named(@Nullable Object verticles) {
        JsonObject named = new JsonObject();
        if (verticles instanceof JsonArray array) {
            for (Object element : array) {
                JsonObject one = element instanceof JsonObject object ? object : new JsonObject();
                String main = String.valueOf(one.getValue(MAIN, ""));
                String name = main;
                for (int i = 2; named.containsKey(name); i++) {
                    name = main + "#" + i;
                }
                named.put(name, verticle(one));
            }
        }
        return named;
    }

    private static JsonObject verticle(JsonObject verticle) {
        JsonObject copy = verticle.copy();
        if (copy.getValue(OPTIONS, new JsonObject()) instanceof JsonObject options) {
            Object config = options.getValue(CONFIG, new JsonObject());
            copy.put(OPTIONS, options.put(CONFIG, config instanceof JsonObject json ? filled(json) : config));
        }
        return copy;
    }

    /** Of a verticle that is no service nobody knows the defaults. */
    private static JsonObject filled(JsonObject config) {
        try {
            ServiceDescriptor.parse(config);
            return DescribedVerticles.effective(config);
        } catch (ConfigException e) {
            return Secret.masked(config);
        }
    }
}
