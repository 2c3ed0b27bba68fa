package dev.vertxmicro.service;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.server.Server;
import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * Wires registry, selector, transport, broker, client and server of a service: go-micro's {@code micro.Service}.
 *
 * <p>Used from one context. Start order: hooks before start, broker (connect), server (listen, register), hooks after start.
 * Stop order: hooks before stop, server (deregister, drain, close), hooks after stop, then client, selector, broker, transport and registry.
 */
public interface Service {

    /**
     * Makes a service from its parts; it owns and closes them.
     *
     * @param parts the eight, seven of them given
     * @return the service, not started
     */
    static Service create(ServiceParts parts) {
        return new WiredService(parts);
    }

    /**
     * Gives the server, to add handlers before the start.
     *
     * @return the server
     */
    Server server();

    /**
     * Gives the client, which names this service as the caller.
     *
     * @return the client
     */
    Client client();

    /**
     * Gives the registry.
     *
     * @return the registry
     */
    Registry registry();

    /**
     * Gives the broker.
     *
     * @return the broker
     */
    Broker broker();

    /**
     * Gives the checks that say whether this service is ready for calls, to add one's own.
     *
     * @return the checks
     */
    HealthChecks health();

    /**
     * Adds a hook that runs before the server listens; its failure stops the start.
     *
     * @param hook what to run
     * @return this
     */
    Service beforeStart(Supplier<Future<Void>> hook);

    /**
     * Adds a hook that runs once the server is registered; its failure stops the service.
     *
     * @param hook what to run
     * @return this
     */
    Service afterStart(Supplier<Future<Void>> hook);

    /**
     * Adds a hook that runs before the server deregisters; its failure is logged.
     *
     * @param hook what to run
     * @return this
     */
    Service beforeStop(Supplier<Future<Void>> hook);

    /**
     * Adds a hook that runs after the last call was answered; its failure is logged.
     *
     * @param hook what to run
     * @return this
     */
    Service afterStop(Supplier<Future<Void>> hook);

    /**
     * Starts.
     *
     * @return what was registered; after a failure nothing is left running
     */
    Future<ServiceInfo> start();

    /**
     * Stops.
     *
     * @return completes when all is closed; stopping twice is fine
     */
    Future<Void> stop();
}
