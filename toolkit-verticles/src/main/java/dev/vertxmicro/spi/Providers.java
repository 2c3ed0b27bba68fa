package dev.vertxmicro.spi;

import dev.vertxmicro.config.ConfigException;
import dev.vertxmicro.config.Nearest;
import dev.vertxmicro.config.Section;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * The providers of one contract, by type.
 *
 * @param <P> the provider interface
 */
public final class Providers<P extends Provider> {
    private final Map<String, P> byType = new TreeMap<>();

    private Providers(Iterable<P> providers) {
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
        return new Providers<>(ServiceLoader.load(contract));
    }

    /**
     * Reads the section of a contract: {@code type}, the section of the chosen type, and those of other types that are there.
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
        Map<String, F> configured = new TreeMap<>();
        byType.forEach((name, provider) -> {
            Section own = section.section(name);
            if (section.has(name) || name.equals(type)) {
                configured.put(name, own.build(() -> configure.apply(provider, own)));
            }
        });
        F chosen = configured.get(type);
        if (chosen == null) {
            throw new ConfigException(
                    section.path() + ".type",
                    "\"" + type + "\" (expected: " + String.join(" | ", byType.keySet()) + "; "
                            + Nearest.hint(type, byType.keySet()) + ")");
        }
        return new Chosen<>(type, chosen);
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
