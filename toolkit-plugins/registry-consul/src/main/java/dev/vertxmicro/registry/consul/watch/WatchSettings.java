package dev.vertxmicro.registry.consul.watch;

import java.time.Duration;

/**
 * How services are followed.
 *
 * @param longPoll   how long an agent holds a blocking query back that has nothing to tell
 * @param grace      how long nodes are kept that Consul has forgotten when it is back after an outage
 * @param maxWatches most services that are watched one by one; further ones share a watch of all
 */
public record WatchSettings(Duration longPoll, Duration grace, int maxWatches) {}
