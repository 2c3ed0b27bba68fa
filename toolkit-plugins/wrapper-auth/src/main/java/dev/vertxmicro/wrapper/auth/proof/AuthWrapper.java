package dev.vertxmicro.wrapper.auth.proof;

import dev.vertxmicro.client.ClientInterceptor;
import dev.vertxmicro.server.ServerInterceptor;
import dev.vertxmicro.wrapper.Wrapper;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The two sides of a proof.
 *
 * @param client what shows it, if anything does
 * @param server what looks at it
 * @param end    ends both
 */
public record AuthWrapper(
        Optional<ClientInterceptor> client, Optional<ServerInterceptor> server, Supplier<Future<Void>> end)
        implements Wrapper {
    @Override
    public Future<Void> close() {
        return end.get();
    }
}
