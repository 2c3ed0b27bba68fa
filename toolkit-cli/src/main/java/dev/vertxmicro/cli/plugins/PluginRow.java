package dev.vertxmicro.cli.plugins;

import dev.vertxmicro.spi.Plugin;
import dev.vertxmicro.spi.PluginKind;
import dev.vertxmicro.spi.Provider;
import dev.vertxmicro.spi.Providers;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A type of plugin: one that is on the class path, or one of this project that is not.
 *
 * @param kind     what it is for
 * @param type     its type, as a descriptor names it
 * @param version  of the jar that provides it; empty for one that says none, and where nothing provides it
 * @param artifact of this project that holds it, empty for others'
 * @param provider class that provides it, empty if it is not installed
 */
record PluginRow(String kind, String type, String version, String artifact, String provider) {
    /** Stands first in the names of this project's classes. */
    private static final String OURS = Provider.class.getPackageName().replaceAll("spi$", "");

    /**
     * Lists what the class path of this thread has, and what it might have, by kind and type.
     *
     * @throws IllegalStateException if two provide the same type
     */
    static List<PluginRow> all() {
        List<PluginRow> rows = new ArrayList<>();
        for (PluginKind kind : PluginKind.values()) {
            Map<String, PluginRow> byType = new TreeMap<>();
            Plugin.all().stream()
                    .filter(plugin -> plugin.kind().equals(kind.text()))
                    .forEach(plugin -> byType.put(plugin.type(), missing(plugin)));
            Providers.load(kind.contract())
                    .byType()
                    .forEach((type, provider) ->
                            byType.put(type, installed(kind, provider, Optional.ofNullable(byType.get(type)))));
            rows.addAll(byType.values());
        }
        return rows;
    }

    private static PluginRow missing(Plugin plugin) {
        return new PluginRow(plugin.kind(), plugin.type(), "", plugin.coordinates(), "");
    }

    private static PluginRow installed(PluginKind kind, Provider provider, Optional<PluginRow> known) {
        String name = provider.getClass().getName();
        String version = Optional.ofNullable(provider.getClass().getPackage().getImplementationVersion())
                .orElse("");
        String artifact = known.filter(row -> name.startsWith(OURS))
                .map(PluginRow::artifact)
                .orElse("");
        return new PluginRow(kind.text(), provider.type(), version, artifact, name);
    }

    boolean installed() {
        return !provider.isEmpty();
    }

    /** Words for a table: version or what stands in its place, and who provides it. */
    List<String> words() {
        String state = installed() ? version.isEmpty() ? "(unversioned)" : version : "not installed";
        return List.of(kind, type, state, artifact.isEmpty() ? provider : artifact);
    }

    /** What is not known is left out. */
    JsonObject json() {
        JsonObject json = new JsonObject().put("kind", kind).put("type", type).put("installed", installed());
        put(json, "version", version);
        put(json, "artifact", artifact);
        put(json, "provider", provider);
        return json;
    }

    private static void put(JsonObject json, String key, String value) {
        if (!value.isEmpty()) {
            json.put(key, value);
        }
    }
}
