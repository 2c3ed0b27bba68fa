package dev.vertxmicro.wrapper;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.server.Server;
import java.util.Optional;

/**
 * What wrappers were put around. They may look at it and ask it, and close none of it.
 *
 * @param service  name of the service, empty for a client alone
 * @param registry where nodes are found
 * @param selector what chooses among them
 * @param broker   carries messages
 * @param client   what calls
 * @param server   what serves, empty for a client alone
 * @param wrappers all that stand around them, the one that is told among them
 */
public record WrappedParts(
        String service,
        Registry registry,
        Selector selector,
        Broker broker,
        Client client,
        Optional<Server> server,
        Wrappers wrappers) {}
