package dev.vertxmicro.registry;

import dev.vertxmicro.registry.local.AddressedServices;
import dev.vertxmicro.registry.local.ServiceDirections;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The reading half of a registry: go-micro's {@code GetService}, {@code ListServices} and {@code Watch}.
 *
 * <p>May be called concurrently from any thread; futures and watchers call back on the context of the caller. After
 * {@code close} every operation fails with code 500.
 */
public interface Discovery {

    /**
     * Knows where each service is by a rule, and asks nobody: what go-micro's selectors {@code static} and {@code named} do.
     *
     * @param addresses gives the addresses {@code host:port} of a service by its name, none where nobody serves it; called on the
     *     context of whoever looks it up
     * @return finds them; a look-up fails with 400 for what is no address
     */
    static Discovery addressed(Function<String, List<String>> addresses) {
        return new AddressedServices(addresses);
    }

    /**
     * Asks other places for some services. All services, to list or to watch, are those of the usual one.
     *
     * @param usual   where services are found
     * @param special where some are found instead, by their names
     * @return finds each where it belongs
     */
    static Discovery directed(Discovery usual, Map<String, Discovery> special) {
        return special.isEmpty() ? usual : new ServiceDirections(usual, special);
    }

    /**
     * Finds a service.
     *
     * @param name the service's name
     * @return one entry a version, empty if nobody serves it; fails with 500 if the backend cannot be reached
     */
    Future<List<ServiceInfo>> get(String name);

    /**
     * Lists the names of all services.
     *
     * @return the names, sorted
     */
    Future<List<String>> list();

    /**
     * Watches all services. Each change after the future has completed is delivered, in order, until the watch is closed.
     *
     * @param handler gets the changes; what it throws is logged and does not end the watch
     * @return the watch
     */
    Future<Watch> watch(Handler<RegistryChange> handler);

    /**
     * Watches one service. Each change after the future has completed is delivered, in order, until the watch is closed.
     *
     * <p>Unless overridden it picks the service's changes out of a watch of all; an adapter overrides it where its backend can
     * be asked for one service at less cost.
     *
     * @param name    the service's name
     * @param handler gets the changes; what it throws is logged and does not end the watch
     * @return the watch
     */
    default Future<Watch> watch(String name, Handler<RegistryChange> handler) {
        return watch(change -> {
            if (change.service().name().equals(name)) {
                handler.handle(change);
            }
        });
    }

    /**
     * Watches one service as {@link #watch(String, Handler)}, for those who need any node of it, and soon: where a backend collects
     * answers for a while before it is sure that there are no more, it tells what it has meanwhile.
     *
     * @param name    the service's name
     * @param handler gets the changes; what it throws is logged and does not end the watch
     * @param soFar   is told what is known, until the future completes and each time that changes, perhaps nothing again; never,
     *                unless overridden. What it throws is logged
     * @return the watch
     */
    default Future<Watch> watch(String name, Handler<RegistryChange> handler, Handler<List<ServiceInfo>> soFar) {
        return watch(name, handler);
    }
}
