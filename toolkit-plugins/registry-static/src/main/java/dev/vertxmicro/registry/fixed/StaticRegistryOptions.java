package dev.vertxmicro.registry.fixed;

import dev.vertxmicro.config.OptionsStyle;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.immutables.value.Value;

/**
 * Settings of the static registry.
 *
 * @param services what it knows; none where there is a file
 * @param file     file with a service a line, `greeter 10.1.2.3:9001 10.1.2.4:9001 version=1.0.0 zone=b`, read anew when it has changed;
 *                 empty for none
 * @param reload   how often the file is looked at; zero for never, once it was read
 * @param register what becomes of a node that registers: `ignore` takes it for registered, and warns once where the list does not have its
 *                 address; `refuse` refuses it with 400
 */
@Value.Builder
@OptionsStyle
public record StaticRegistryOptions(List<FixedService> services, String file, Duration reload, RegisterRule register)
        implements WithStaticRegistryOptions {
    /** No services, no file, 2 s, ignored. */
    public static final StaticRegistryOptions DEFAULTS =
            new StaticRegistryOptions(List.of(), "", Duration.ofSeconds(2), RegisterRule.IGNORE);

    /** Checks the values and copies the list. */
    public StaticRegistryOptions {
        services = List.copyOf(services);
        if (!services.isEmpty() && !file.isEmpty()) {
            throw new IllegalArgumentException("file: " + file + " (expected: services or a file, not both)");
        }
        if (file.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("file: with a NUL (expected: the name of a file)");
        }
        if (reload.isNegative()) {
            throw new IllegalArgumentException("reload: " + reload + " (expected: >= 0)");
        }
        Set<List<String>> nodes = new HashSet<>();
        for (FixedService service : services) {
            for (String address : service.addresses()) {
                if (!nodes.add(List.of(service.name(), service.version(), address))) {
                    throw new IllegalArgumentException(
                            "services: " + service.name() + " at " + address + " again (expected: once)");
                }
            }
        }
    }
}
