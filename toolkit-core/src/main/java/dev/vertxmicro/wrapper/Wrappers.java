package dev.vertxmicro.wrapper;

import dev.vertxmicro.client.AttemptInterceptor;
import dev.vertxmicro.client.ClientInterceptor;
import dev.vertxmicro.error.Catching;
import dev.vertxmicro.server.ServerInterceptor;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Wrappers in their order.
 *
 * @param all the first is outermost
 */
public record Wrappers(List<Wrapper> all) {
    /** No wrapper, which costs nothing. */
    public static final Wrappers NONE = new Wrappers(List.of());

    /** Copies the list. */
    public Wrappers {
        all = List.copyOf(all);
    }

    /** Gives the interceptors of clients. */
    public List<ClientInterceptor> client() {
        return those(Wrapper::client);
    }

    /** Gives the interceptors of attempts. */
    public List<AttemptInterceptor> attempts() {
        return those(Wrapper::attempt);
    }

    /** Gives the interceptors of servers. */
    public List<ServerInterceptor> server() {
        return those(Wrapper::server);
    }

    /**
     * Adds others.
     *
     * @param inner those that stand inside of these
     * @return all of them
     */
    public Wrappers and(Wrappers inner) {
        return new Wrappers(Stream.concat(all.stream(), inner.all().stream()).toList());
    }

    private <T> List<T> those(Function<Wrapper, Optional<T>> part) {
        return all.stream().flatMap(wrapper -> part.apply(wrapper).stream()).toList();
    }

    /**
     * Tells all of them what they were put around.
     *
     * @param parts the parts
     */
    public void wrap(WrappedParts parts) {
        all.forEach(wrapper -> wrapper.wraps(parts));
    }

    /**
     * Gives the spans of a trace that any of them remembers; one that fails at it remembers none.
     *
     * @param trace id of the trace, empty for all that there are
     * @param most  how many spans are wanted
     * @return no more than that
     */
    public List<KeptSpan> spans(String trace, int most) {
        return all.stream()
                .flatMap(wrapper -> remembered(wrapper, trace, most).stream())
                .limit(most)
                .toList();
    }

    private static List<KeptSpan> remembered(Wrapper wrapper, String trace, int most) {
        try {
            return List.copyOf(wrapper.spans(trace, most));
        } catch (Throwable failed) {
            return List.of();
        }
    }

    /**
     * Ends all of them, the outermost last, whatever becomes of the others.
     *
     * @return completes when that is done; fails with the first that failed
     */
    public Future<Void> close() {
        Future<Void> closed = Future.succeededFuture();
        for (int i = all.size() - 1; i >= 0; i--) {
            Wrapper wrapper = all.get(i);
            closed = closed.eventually(() -> Catching.future("wrapper", wrapper::close));
        }
        return closed;
    }
}
