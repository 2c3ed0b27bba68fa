package dev.vertxmicro.registry.nats.nodes;

import dev.vertxmicro.time.Timers;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * How services are followed.
 *
 * @param vertx   has the timers
 * @param timers  the clock
 * @param grace   how long nodes are kept that NATS has forgotten
 * @param refresh after which time a node is asked for that did not say how long it holds
 */
public record NodeFollowSettings(Vertx vertx, Timers timers, Duration grace, Duration refresh) {}
