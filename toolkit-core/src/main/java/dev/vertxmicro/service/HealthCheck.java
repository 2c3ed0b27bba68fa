package dev.vertxmicro.service;

import io.vertx.core.Future;

/** Finds out whether something that a service cannot do without is well. */
@FunctionalInterface
public interface HealthCheck {

    /**
     * Looks, without blocking, on the context of the service. Not asked again before it has answered, or a good while has passed.
     *
     * @return how it is; one that fails, throws or does not answer in time is down, with the reason
     */
    Future<HealthStatus> check();
}
