package dev.vertxmicro.registry.nats.nodes;

import dev.vertxmicro.registry.ServiceInfo;
import java.time.Duration;

/**
 * A node, as somebody told of it.
 *
 * @param service a version of a service with its nodes
 * @param ttl     how long that holds from now on; zero if it was not said
 */
public record ToldNode(ServiceInfo service, Duration ttl) {}
