package dev.vertxmicro.registry.multi;

import dev.vertxmicro.config.OptionsStyle;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.immutables.value.Value;

/**
 * Settings of the registry that is several.
 *
 * @param registries which, by precedence: of a node that two of them know, what the first says holds. In a descriptor their types, each with
 *                   the settings of its own section, `registry.consul` and so on
 * @param readOnly   those of them that nothing is registered in
 * @param patience   how long the others are held up by one that is slow; it is waited for longer where no other has an answer, up to 30 s;
 *                   &gt; 0
 */
@Value.Builder
@OptionsStyle
public record MultiRegistryOptions(List<String> registries, List<String> readOnly, Duration patience)
        implements WithMultiRegistryOptions {
    /** mDNS only, written too, 1 s. */
    public static final MultiRegistryOptions DEFAULTS =
            new MultiRegistryOptions(List.of("mdns"), List.of(), Duration.ofSeconds(1));

    /** Checks the values and copies the lists. */
    public MultiRegistryOptions {
        registries = List.copyOf(registries);
        readOnly = List.copyOf(readOnly);
        if (registries.isEmpty()) {
            throw new IllegalArgumentException("registries: none (expected: at least one, such as mdns and consul)");
        }
        Set<String> names = new HashSet<>();
        for (String name : registries) {
            if (name.isEmpty() || !names.add(name)) {
                throw new IllegalArgumentException("registries: \"" + name + "\" (expected: each once)");
            }
        }
        for (String name : readOnly) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException(
                        "readOnly: \"" + name + "\" (expected: " + String.join(" | ", registries) + ")");
            }
        }
        if (patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException("patience: " + patience + " (expected: > 0)");
        }
    }
}
