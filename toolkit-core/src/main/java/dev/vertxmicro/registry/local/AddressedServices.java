package dev.vertxmicro.registry.local;

import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Discovery;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Knows where each service is by a rule, and asks nobody. Its nodes are taken to speak {@code mucp}; they have no version and name no
 * endpoints.
 */
public final class AddressedServices implements Discovery {
    private static final String ID = "go.micro.registry";
    private static final Map<String, String> METADATA = Map.of("protocol", "mucp");

    private final Function<String, List<String>> addresses;

    /** Makes one; {@link Discovery#addressed} is for users. */
    public AddressedServices(Function<String, List<String>> addresses) {
        this.addresses = addresses;
    }

    @Override
    public Future<List<ServiceInfo>> get(String name) {
        try {
            List<Node> nodes = addresses.apply(name).stream()
                    .distinct()
                    .map(AddressedServices::node)
                    .toList();
            return Future.succeededFuture(
                    nodes.isEmpty() ? List.of() : List.of(new ServiceInfo(name, "", Map.of(), List.of(), nodes)));
        } catch (IllegalArgumentException e) {
            return Future.failedFuture(MicroException.badRequest(ID, String.valueOf(e.getMessage()))
                    .withoutStackTrace());
        } catch (RuntimeException e) { // the rule may be anybody's
            return Future.failedFuture(e);
        }
    }

    /**
     * Makes the node at an address; its id is the address.
     *
     * @param address {@code host:port}
     * @return the node
     * @throws IllegalArgumentException if it is no address
     */
    public static Node node(String address) {
        return new Node(address, HostPort.advertised("address", address).text(), METADATA);
    }

    @Override
    public Future<List<String>> list() {
        return Future.failedFuture(
                MicroException.badRequest(ID, "services: cannot be listed, as each name has an address by rule"));
    }

    @Override
    public Future<Watch> watch(Handler<RegistryChange> handler) {
        return Future.succeededFuture(() -> {
            // nothing ever changes
        });
    }
}
