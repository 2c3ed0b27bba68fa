package dev.vertxmicro.spi;

import dev.vertxmicro.config.ConfigException;
import dev.vertxmicro.config.Nearest;
import dev.vertxmicro.config.Section;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * The providers of one contract, by type.
 *
 * @param <P> the provider interface
 */
public final class Providers<P extends Provider> {
    private final String kind;
    private final Map<String, P> byType = new TreeMap<>();

    private Providers(String kind, Iterable<P> providers) {
        this.kind = kind;
        for (P provider : providers) {
            P before = byType.putIfAbsent(provider.type(), provider);
            if (before != null) {
                throw new IllegalStateException("type: " + provider.type() + " provided by "
                        + before.getClass().getName() + " and "
                        + provider.getClass().getName() + " (expected: one)");
            }
        }
    }

    /**
     * Finds the providers on the class path.
     *
     * @param contract the provider interface
     * @param <P>      the provider interface
     * @return the providers
     * @throws IllegalStateException if two provide the same type
     */
    public static <P extends Provider> Providers<P> load(Class<P> contract) {
        return new Providers<>(PluginKind.of(contract).text(), ServiceLoader.load(contract));
    }

    /**
     * Tells what is there.
     *
     * @return the providers, by type
     */
    public Map<String, P> byType() {
        return Collections.unmodifiableMap(byType);
    }

    /**
     * Finds the provider of a type.
     *
     * @param path where the type is asked for
     * @param type the type
     * @return the provider
     * @throws ConfigException for a type that nobody provides
     */
    public P require(String path, String type) {
        P provider = byType.get(type);
        if (provider == null) {
            throw missing(path, type);
        }
        return provider;
    }

    /**
     * Reads the section of a contract: {@code type}, the section of the chosen type, and those of other types that are there. A
     * section of a plugin that is not installed is left alone.
     *
     * @param section      the contract's section, such as {@code $.registry}
     * @param otherwise    the type where none is named
     * @param configure    reads a type's own section
     * @param <F>          what makes the component
     * @return what makes the chosen one
     * @throws ConfigException for a type that nobody provides
     */
    public <F> Chosen<F> choose(Section section, String otherwise, BiFunction<P, Section, F> configure) {
        String type = section.string("type", otherwise);
        P wanted = require(section.path() + ".type", type);
        Section settings = section.section(type);
        F chosen = settings.build(() -> configure.apply(wanted, settings));
        byType.forEach((name, provider) -> {
            Section own = section.section(name);
            if (section.has(name) && !name.equals(type)) {
                own.build(() -> configure.apply(provider, own));
            }
        });
        section.unread().stream().filter(this::isOfThisProject).forEach(section::object);
        return new Chosen<>(type, chosen);
    }

    private boolean isOfThisProject(String type) {
        return plugin(type).isPresent();
    }

    private Optional<Plugin> plugin(String type) {
        return Plugin.all().stream()
                .filter(plugin -> plugin.kind().equals(kind) && plugin.type().equals(type))
                .findFirst();
    }

    private ConfigException missing(String path, String type) {
        return plugin(type)
                .map(plugin -> new ConfigException(
                        path,
                        "\"" + type + "\" is not installed (expected: " + plugin.coordinates() + " on the class path)"))
                .orElseGet(() -> new ConfigException(
                        path,
                        "\"" + type + "\" (expected: " + String.join(" | ", byType.keySet())
                                + Nearest.of(type, byType.keySet())
                                        .map(near -> "; nearest known: " + near)
                                        .orElse("")
                                + ")"));
    }

    /**
     * The chosen type and what makes its component.
     *
     * @param type  the type
     * @param maker makes the component
     * @param <F>   type of the maker
     */
    public record Chosen<F>(String type, F maker) {}
}
