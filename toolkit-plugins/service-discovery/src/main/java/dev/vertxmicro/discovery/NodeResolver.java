package dev.vertxmicro.discovery;

import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.net.ConnectAddress;
import dev.vertxmicro.registry.Discovery;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.net.Address;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.endpoint.EndpointBuilder;
import io.vertx.core.spi.endpoint.EndpointResolver;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Vert.x's client asks for nodes.
 *
 * @param <E> the client's list of them
 */
final class NodeResolver<E> implements EndpointResolver<MicroAddress, HostPort, ResolvedService<E>, E> {
    private final Discovery discovery;
    private final Timers timers;
    private final Set<ResolvedService<?>> watched;

    NodeResolver(Discovery discovery, Timers timers, Set<ResolvedService<?>> watched) {
        this.discovery = discovery;
        this.timers = timers;
        this.watched = watched;
    }

    @Override
    public @Nullable MicroAddress tryCast(Address address) {
        return address instanceof MicroAddress ours ? ours : null;
    }

    @Override
    public SocketAddress addressOf(HostPort server) {
        return ConnectAddress.of(server);
    }

    @Override
    public Future<ResolvedService<E>> resolve(MicroAddress address, EndpointBuilder<E, HostPort> builder) {
        ResolvedService<E> state = new ResolvedService<>(address, builder, timers, watched::remove);
        watched.add(state);
        return discovery
                .watch(address.service(), state::changed)
                .compose(watch -> {
                    state.watchedBy(watch);
                    return discovery.get(address.service());
                })
                .transform(looked -> {
                    if (looked.succeeded() && state.found(looked.result())) {
                        return Future.succeededFuture(state);
                    }
                    state.close();
                    return Future.failedFuture(
                            looked.failed() ? selecting(address, looked.cause()) : selecting(address, "not found"));
                });
    }

    private static MicroException selecting(MicroAddress address, Throwable cause) {
        String why = cause instanceof MicroException error ? error.detail() : String.valueOf(cause.getMessage());
        return selecting(address, why).withCause(cause);
    }

    private static MicroException selecting(MicroAddress address, String why) {
        return MicroException.internal("go.micro.client", "error selecting " + address + " node: " + why)
                .withoutStackTrace();
    }

    @Override
    public E endpoint(ResolvedService<E> state) {
        return state.endpoint();
    }

    @Override
    public boolean isValid(ResolvedService<E> state) {
        return state.valid();
    }

    @Override
    public void dispose(ResolvedService<E> state) {
        state.close();
    }

    @Override
    public void close() {
        // the watches are in the hands of the address resolver
    }
}
