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
 */
public record SelectorParts(
        Discovery discovery, Timers timers, RandomGenerator random, Function<String, Future<Void>> probe) {}
