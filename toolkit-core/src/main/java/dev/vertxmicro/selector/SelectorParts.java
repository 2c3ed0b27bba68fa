package dev.vertxmicro.selector;

import dev.vertxmicro.registry.Discovery;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * What a selector works with. It closes none of it.
 *
 * @param discovery where services are found
 * @param timers    the clock
 * @param random    feeds the random strategy
 * @param probe     tells whether {@code host:port} can be reached, by failing if not; a node that could not be reached is not
 *     chosen again before this succeeds
 * @param protocol  what nodes must speak; those that do not are passed over
 */
public record SelectorParts(
        Discovery discovery,
        Timers timers,
        RandomGenerator random,
        Function<String, Future<Void>> probe,
        WireProtocol protocol) {

    /**
     * Names the parts of a selector whose nodes may be of any transport.
     *
     * @param discovery where services are found
     * @param timers    the clock
     * @param random    feeds the random strategy
     * @param probe     tells whether {@code host:port} can be reached
     */
    public SelectorParts(
            Discovery discovery, Timers timers, RandomGenerator random, Function<String, Future<Void>> probe) {
        this(discovery, timers, random, probe, new WireProtocol(""));
    }

    /**
     * Returns a copy for nodes of one transport.
     *
     * @param transport its type, such as {@code http}
     * @return the copy
     */
    public SelectorParts withTransport(String transport) {
        return new SelectorParts(discovery, timers, random, probe, new WireProtocol(transport));
    }

    /**
     * Returns a copy that finds services elsewhere.
     *
     * @param other where
     * @return the copy
     */
    public SelectorParts withDiscovery(Discovery other) {
        return new SelectorParts(other, timers, random, probe, protocol);
    }
}
