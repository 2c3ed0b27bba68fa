package dev.vertxmicro.client;

import dev.vertxmicro.error.MicroException;

/** Which failures are tried again: go-micro's {@code client.RetryFunc}. Stateless; may be used concurrently. */
@FunctionalInterface
public interface RetryPolicy {

    /**
     * Repeats attempts that provably never reached a handler, at every other node if need be, and those of idempotent endpoints that
     * broke on the way, or whose server says when to come again ({@link MicroException#retryAfter}).
     *
     * @return the policy
     */
    static RetryPolicy safe() {
        return SafeRetry.POLICY;
    }

    /**
     * go-micro's {@code RetryOnError}: repeats codes 408 and 500, whether a handler ran or not.
     *
     * @return the policy
     */
    static RetryPolicy goMicro() {
        return (error, idempotent) -> error.code() == 408 || error.code() == 500;
    }

    /**
     * Repeats nothing.
     *
     * @return the policy
     */
    static RetryPolicy never() {
        return (error, idempotent) -> false;
    }

    /**
     * Decides about one failed attempt.
     *
     * @param error      how it failed
     * @param idempotent true if the endpoint is declared idempotent
     * @return true if another attempt may be made
     */
    boolean retry(MicroException error, boolean idempotent);

    /**
     * Tells whether what provably reached no handler is tried at every other node, however few retries there may be.
     *
     * @return false unless overridden
     */
    default boolean everywhere() {
        return false;
    }
}
