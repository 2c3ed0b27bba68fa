package dev.vertxmicro.discovery;

import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.registry.Discovery;
import io.vertx.core.Vertx;
import io.vertx.core.net.AddressResolver;
import io.vertx.core.spi.endpoint.EndpointResolver;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets Vert.x's own HTTP clients call our services by name: each {@link MicroAddress} is looked up once and then watched, and
 * the client's {@link io.vertx.core.net.endpoint.LoadBalancer} (round robin unless another is given) chooses among its nodes.
 *
 * <p>A service without nodes fails a request with code 500, as calls of our own client do; the registry is asked again for
 * the next one. A service that is not used for the client's keep-alive timeout is watched no longer.
 *
 * <p>Knows nodes that cannot be reached only from the registry: it leaves none out after a failed request, as our own client
 * does. May be used by several clients and from any thread.
 */
public final class MicroAddressResolver implements AddressResolver<MicroAddress> {
    private final Discovery discovery;
    private final Set<ResolvedService<?>> watched = ConcurrentHashMap.newKeySet();

    private MicroAddressResolver(Discovery discovery) {
        this.discovery = discovery;
    }

    /**
     * Makes a resolver.
     *
     * @param discovery where services are looked up and watched; stays the caller's to close
     * @return the resolver
     */
    public static MicroAddressResolver create(Discovery discovery) {
        return new MicroAddressResolver(discovery);
    }

    @Override
    public EndpointResolver<MicroAddress, ?, ?, ?> endpointResolver(Vertx vertx) {
        return new NodeResolver<>(discovery, VertxTimers.of(vertx), watched);
    }

    /** Ends all watches, which a client that is closed does not. What is asked for afterwards is watched again. */
    public void close() {
        Set.copyOf(watched).forEach(ResolvedService::close);
    }
}
