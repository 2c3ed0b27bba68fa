package dev.vertxmicro.registry;

import io.vertx.core.Future;
import java.time.Duration;

/**
 * The writing half of a registry: go-micro's {@code Register} and {@code Deregister}.
 *
 * <p>May be called concurrently from any thread; futures call back on the context of the caller. After {@code close} every
 * operation fails with code 500.
 */
public interface Registrar {

    /**
     * Registers the nodes of a service, or renews them. Renewing with other metadata or endpoints replaces what was there.
     *
     * @param service the service with the nodes to register, at least one
     * @param ttl     how long the registration holds unless renewed; zero means for ever
     * @return completes when the backend has taken it; fails with 400 for a service this registry cannot express, with 500
     *     if the backend cannot be reached
     */
    Future<Void> register(ServiceInfo service, Duration ttl);

    /**
     * Takes the nodes of a service back. Succeeds if they are not registered.
     *
     * @param service the service with the nodes to take back
     * @return completes when watchers have been told
     */
    Future<Void> deregister(ServiceInfo service);
}
