package dev.vertxmicro.client;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.codec.Codecs;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Transport;
import java.util.List;

/**
 * What a client works with. It closes none of it.
 *
 * @param transport    carries the calls
 * @param codecs       writes requests and reads responses
 * @param selector     finds the nodes
 * @param broker       carries what it publishes; the client connects it if it must
 * @param timers       the clock
 * @param interceptors wrap every call, stream and message, the first outermost
 * @param attemptInterceptors wrap every attempt at a node, the first outermost
 */
public record ClientParts(
        Transport transport,
        Codecs codecs,
        Selector selector,
        Broker broker,
        Timers timers,
        List<ClientInterceptor> interceptors,
        List<AttemptInterceptor> attemptInterceptors) {

    /** Copies the lists. */
    public ClientParts {
        interceptors = List.copyOf(interceptors);
        attemptInterceptors = List.copyOf(attemptInterceptors);
    }

    /**
     * Takes no interceptor of attempts.
     *
     * @param transport    carries the calls
     * @param codecs       writes requests and reads responses
     * @param selector     finds the nodes
     * @param broker       carries what it publishes
     * @param timers       the clock
     * @param interceptors wrap every call, stream and message
     */
    public ClientParts(
            Transport transport,
            Codecs codecs,
            Selector selector,
            Broker broker,
            Timers timers,
            List<ClientInterceptor> interceptors) {
        this(transport, codecs, selector, broker, timers, interceptors, List.of());
    }

    /**
     * Takes the standard codecs and no interceptor. What it publishes reaches nobody.
     *
     * @param transport carries the calls
     * @param selector finds the nodes
     * @param timers the clock
     */
    public ClientParts(Transport transport, Selector selector, Timers timers) {
        this(transport, selector, Broker.inMemory(timers), timers);
    }

    /**
     * Takes the standard codecs and no interceptor.
     *
     * @param transport carries the calls
     * @param selector finds the nodes
     * @param broker carries what it publishes
     * @param timers the clock
     */
    public ClientParts(Transport transport, Selector selector, Broker broker, Timers timers) {
        this(transport, Codecs.standard(), selector, broker, timers, List.of());
    }
}
