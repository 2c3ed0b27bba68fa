package dev.vertxmicro.client;

import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;

/** Repeats nothing that a handler may have done, unless it may be done twice. */
final class SafeRetry implements RetryPolicy {
    static final RetryPolicy POLICY = new SafeRetry();

    private SafeRetry() {}

    @Override
    public boolean retry(MicroException error, boolean idempotent) {
        return error.retryable()
                || (idempotent && (brokeOnTheWay(error) || error.retryAfter().isPresent()));
    }

    private static boolean brokeOnTheWay(MicroException error) {
        return !error.remote() && error.id().equals("go.micro.client.transport") && error.fault() != Fault.CALLER;
    }

    @Override
    public boolean everywhere() {
        return true;
    }
}
