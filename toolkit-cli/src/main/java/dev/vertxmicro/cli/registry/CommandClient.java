package dev.vertxmicro.cli.registry;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.codec.Codecs;
import dev.vertxmicro.descriptor.ServiceDescriptor;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Transport;
import dev.vertxmicro.wrapper.WrappedParts;
import dev.vertxmicro.wrapper.Wrappers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The client of a command, with the wrappers of clients that a descriptor names. */
final class CommandClient {
    /** How a command is called by its spans and log lines: it is not the service whose descriptor it reads. */
    private static final String NAME = "vertx";

    private static final String WRAPPERS = "wrappers";
    /** They show what a process has done to whoever asks, and nobody asks a command: it would take the port of a service. */
    private static final Set<String> OF_SERVICES = Set.of("metrics");

    private final Wrappers wrappers;
    private final Client client;

    /** Makes one; leaves no wrapper behind, should the rest fail. */
    CommandClient(Vertx vertx, Registry registry, ServiceDescriptor descriptor) {
        wrappers = descriptor.wrappers().apply(vertx);
        try {
            client = client(vertx, registry, descriptor);
        } catch (Throwable failed) {
            wrappers.close();
            throw failed;
        }
    }

    private Client client(Vertx vertx, Registry registry, ServiceDescriptor descriptor) {
        Timers timers = VertxTimers.of(vertx);
        Transport transport = descriptor.transport().apply(vertx);
        Selector selector = descriptor.selector(vertx, registry, transport);
        ClientOptions options = descriptor.client().withName("");
        if (wrappers.all().isEmpty()) {
            return Client.create(options, new ClientParts(transport, selector, timers));
        }
        Broker broker = descriptor.broker().apply(vertx, registry);
        Client wrapped = Client.create(
                options,
                new ClientParts(
                        transport,
                        Codecs.standard(),
                        selector,
                        broker,
                        timers,
                        wrappers.client(),
                        wrappers.attempts()));
        wrappers.wrap(new WrappedParts("", registry, selector, broker, wrapped, Optional.empty(), wrappers));
        return wrapped;
    }

    /** Gives the client, which ends with the process. */
    Client client() {
        return client;
    }

    /** Has the wrappers end, with what they have to say still. */
    Future<Void> close() {
        return wrappers.close();
    }

    /**
     * Gives what a descriptor says to a command that calls: of its wrappers those of clients, which know the command by a name of its own.
     * What is no list of objects is left for the parser to refuse.
     */
    static JsonObject calling(JsonObject descriptor) {
        if (!(descriptor.getValue(WRAPPERS) instanceof JsonArray all) || all.isEmpty()) {
            return descriptor;
        }
        List<Object> own = all.stream().filter(CommandClient::isOfClients).toList();
        JsonObject service = descriptor.getValue("service") instanceof JsonObject said ? said.copy() : new JsonObject();
        return descriptor.copy().put(WRAPPERS, new JsonArray(own)).put("service", service.put("name", NAME));
    }

    private static boolean isOfClients(Object wrapper) {
        if (!(wrapper instanceof JsonObject said)) {
            return true;
        }
        boolean called =
                !(said.getValue("sides") instanceof JsonArray sides) || sides.isEmpty() || sides.contains("client");
        return called && !OF_SERVICES.contains(String.valueOf(said.getValue("type")));
    }
}
