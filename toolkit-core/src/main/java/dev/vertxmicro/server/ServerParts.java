package dev.vertxmicro.server;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.codec.Codecs;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Transport;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a server works with. It closes none of it.
 *
 * @param transport    takes the calls
 * @param codecs       reads requests and writes responses
 * @param registry     where the server registers
 * @param broker       brings the messages that its subscribers take; the server connects it
 * @param timers       the clock
 * @param invoker      runs the handlers; interceptors run where the call arrived
 * @param advertise    turns the address listened on into the one to register; chooses a host where it has none
 * @param interceptors wrap every handler, the first outermost
 */
public record ServerParts(
        Transport transport,
        Codecs codecs,
        Registry registry,
        Broker broker,
        Timers timers,
        Invoker invoker,
        UnaryOperator<String> advertise,
        List<ServerInterceptor> interceptors) {

    /** Copies the list. */
    public ServerParts {
        interceptors = List.copyOf(interceptors);
    }

    /**
     * Takes the standard codecs, runs handlers where calls arrive, registers what it listens on. No message but those on the
     * port of the calls reaches its subscribers.
     *
     * @param transport takes the calls
     * @param registry where it registers
     * @param timers the clock
     */
    public ServerParts(Transport transport, Registry registry, Timers timers) {
        this(transport, registry, Broker.inMemory(timers), timers);
    }

    /**
     * Takes the standard codecs, runs handlers where calls arrive, registers what it listens on.
     *
     * @param transport takes the calls
     * @param registry where it registers
     * @param broker brings messages
     * @param timers the clock
     */
    public ServerParts(Transport transport, Registry registry, Broker broker, Timers timers) {
        this(
                transport,
                Codecs.standard(),
                registry,
                broker,
                timers,
                Invoker.direct(),
                UnaryOperator.identity(),
                List.of());
    }

    /**
     * Returns a copy with these interceptors.
     *
     * @param others the first is outermost
     * @return the copy
     */
    public ServerParts withInterceptors(List<ServerInterceptor> others) {
        return new ServerParts(transport, codecs, registry, broker, timers, invoker, advertise, others);
    }
}
