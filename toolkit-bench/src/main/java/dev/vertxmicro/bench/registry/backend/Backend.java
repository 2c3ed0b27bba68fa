package dev.vertxmicro.bench.registry.backend;

import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real server that a registry keeps services in. Closing it kills it. */
public interface Backend extends AutoCloseable {
    /** How long what is registered lasts: longer than a run. */
    Duration TTL = Duration.ofHours(1);

    /** How many services are registered at the same time. */
    int WINDOW = 20;

    /**
     * Names the type of the registry.
     *
     * @return the name
     */
    String name();

    /**
     * Gives the goal for the time from a registration to a peer's event.
     *
     * @return milliseconds
     */
    double goalMillis();

    /**
     * Gives the address of the server.
     *
     * @return {@code 127.0.0.1:port}
     */
    String address();

    /**
     * Makes a client.
     *
     * @param vertx   has its connections
     * @param address of the server, or of a relay before it
     * @return the client
     */
    Registry registry(Vertx vertx, String address);

    /**
     * Registers very many services, and keeps them for as long as the Vert.x is open.
     *
     * @param vertx    has the connections
     * @param services what there is to be
     * @throws Exception if one is refused
     */
    default void fill(Vertx vertx, List<ServiceInfo> services) throws Exception {
        Registry registrar = registry(vertx, address());
        for (int from = 0; from < services.size(); from += WINDOW) {
            List<ServiceInfo> some = services.subList(from, Math.min(services.size(), from + WINDOW));
            Future.join(some.stream().map(each -> registrar.register(each, TTL)).toList())
                    .await(1, TimeUnit.MINUTES);
        }
    }

    /**
     * Gives the way by the bare client.
     *
     * @param vertx has its connections
     * @return the way, not open
     */
    EventPath bare(Vertx vertx);

    @Override
    void close();
}
