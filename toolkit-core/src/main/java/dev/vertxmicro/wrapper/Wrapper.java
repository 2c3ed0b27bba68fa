package dev.vertxmicro.wrapper;

import dev.vertxmicro.client.AttemptInterceptor;
import dev.vertxmicro.client.ClientInterceptor;
import dev.vertxmicro.server.ServerInterceptor;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * Interceptors that belong together, such as those of a tracer: go-micro's {@code WrapClient}, {@code WrapCall}, {@code WrapHandler}
 * and {@code WrapSubscriber} in one. Made once for a deployment, whose instances share it; used concurrently.
 */
public interface Wrapper {

    /**
     * Gives what is put around clients.
     *
     * @return the same at each call, or empty
     */
    default Optional<ClientInterceptor> client() {
        return Optional.empty();
    }

    /**
     * Gives what is put around each attempt of a client's call.
     *
     * @return the same at each call, or empty
     */
    default Optional<AttemptInterceptor> attempt() {
        return Optional.empty();
    }

    /**
     * Gives what is put around the handlers of servers.
     *
     * @return the same at each call, or empty
     */
    default Optional<ServerInterceptor> server() {
        return Optional.empty();
    }

    /**
     * Tells what it was put around, before that starts; called for each instance of a verticle.
     *
     * @param parts the parts
     */
    default void wraps(WrappedParts parts) {
        // most do not care
    }

    /**
     * Tells how it stands, such as which of its breakers are open, for those who collect metrics. May be asked by any thread.
     *
     * @return no more than there is room for on one page; empty unless there is something to tell
     */
    default List<Reading> readings() {
        return List.of();
    }

    /**
     * Gives the spans of a trace that it remembers, for {@code Debug.Trace}; a tracer does, others remember none.
     *
     * @param trace id of the trace, empty for all that there are
     * @param most  how many spans are wanted
     * @return no more than that, the latest ones
     */
    default List<KeptSpan> spans(String trace, int most) {
        return List.of();
    }

    /**
     * Ends it, after all that it was put around has ended.
     *
     * @return completes when nothing of it runs any more
     */
    default Future<Void> close() {
        return Future.succeededFuture();
    }
}
