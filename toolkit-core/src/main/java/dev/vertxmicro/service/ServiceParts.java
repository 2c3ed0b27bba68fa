package dev.vertxmicro.service;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.transport.Transport;

/**
 * The parts of a service.
 *
 * @param registry  where it registers and finds others
 * @param selector  chooses nodes for its client
 * @param transport carries its calls
 * @param broker    carries its messages
 * @param client    calls others
 * @param server    serves its endpoints
 */
public record ServiceParts(
        Registry registry, Selector selector, Transport transport, Broker broker, Client client, Server server) {}
