package dev.vertxmicro.descriptor;

import dev.vertxmicro.registry.Discovery;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.selector.StaticNodes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Where the selector finds the nodes of services.
 *
 * @param usual    of those of which nothing else is said
 * @param services of others, by name
 * @param fixed    what the selector {@code static} goes by
 * @param dns      makes what the selector {@code dns} asks, where it is used
 */
public record NodeSources(
        SelectorType usual,
        Map<String, SelectorType> services,
        StaticNodes fixed,
        Optional<Function<Vertx, Registry>> dns) {
    /** The type of the registry that the selector of the same type asks. */
    static final String DNS = "dns";

    /** Copies the map. */
    public NodeSources {
        services = Map.copyOf(services);
    }

    /**
     * Tells whether any service is found in the registry.
     *
     * @return false if the registry is asked for none
     */
    public boolean registryAsked() {
        return Stream.concat(Stream.of(usual), services.values().stream())
                .anyMatch(type -> type.place() == SelectorType.CACHE);
    }

    /**
     * Tells where the nodes of a service are found.
     *
     * @param service its name
     * @return {@link SelectorType#CACHE} for the registry, or one of those that ask elsewhere
     */
    public SelectorType placeOf(String service) {
        return services.getOrDefault(service, usual).place();
    }

    /**
     * Finds the nodes of a service where the selector would, once.
     *
     * @param vertx    asks DNS, where that is where they are
     * @param registry where they are unless the descriptor says otherwise
     * @param service  its name
     * @return the versions of the service, perhaps none; fails as the place does that is asked
     */
    public Future<List<ServiceInfo>> find(Vertx vertx, Registry registry, String service) {
        if (placeOf(service) != SelectorType.DNS) {
            return discovery(registry, registry).get(service);
        }
        Optional<Registry> owned = open(vertx, registry);
        return owned.orElse(registry).get(service).eventually(() -> owned.map(Registry::close)
                .orElse(Future.succeededFuture()));
    }

    /** Makes what the selector dns asks, unless it is not used, or the registry is that already. */
    Optional<Registry> open(Vertx vertx, Registry registry) {
        return registry.type().equals(DNS) ? Optional.empty() : dns.map(maker -> maker.apply(vertx));
    }

    /** Finds each service where it belongs. */
    Discovery discovery(Discovery registry, Discovery resolved) {
        Map<String, Discovery> special = new HashMap<>();
        services.forEach((name, type) -> special.put(name, place(type, registry, resolved)));
        return Discovery.directed(place(usual, registry, resolved), special);
    }

    private Discovery place(SelectorType type, Discovery registry, Discovery resolved) {
        return switch (type) {
            case CACHE, BLACKLIST, LABEL -> registry;
            case NAMED -> Discovery.addressed(List::of);
            case STATIC -> Discovery.addressed(fixed);
            case DNS -> resolved;
        };
    }
}
