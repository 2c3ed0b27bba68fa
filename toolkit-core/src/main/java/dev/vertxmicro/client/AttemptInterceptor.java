package dev.vertxmicro.client;

import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.registry.Node;
import io.vertx.core.Future;
import java.util.function.Function;

/**
 * Wraps each attempt of a call and of the opening of a stream at one node: go-micro's {@code client.CallWrapper}. Behind the
 * {@link ClientInterceptor}s and the choice of the node, before the transport. Called concurrently, on the context of the caller.
 */
public interface AttemptInterceptor {

    /**
     * Sees one attempt.
     *
     * @param attempt what goes where
     * @param context context of the attempt; what it is given by {@link CallContext#withMetadata} is sent to this node
     * @param next    makes the attempt; may be left out, or given a changed context
     * @param <T>     what the transport gives, of no concern here
     * @return what {@code next} gives; a failure is that of the attempt, which is repeated by the rules for all
     */
    <T> Future<T> intercept(NodeAttempt attempt, CallContext context, Function<CallContext, Future<T>> next);

    /**
     * One attempt.
     *
     * @param service  that is called
     * @param endpoint that is called
     * @param node     where
     * @param number   how many came before, 0 for the first
     * @param stream   true if it opens a stream
     */
    record NodeAttempt(String service, String endpoint, Node node, int number, boolean stream) {}
}
