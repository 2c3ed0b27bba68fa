package dev.vertxmicro.eventbus.registry;

import dev.vertxmicro.registry.ServiceInfo;
import java.time.Duration;

/**
 * What somebody asks a RegistryVerticle to do for a node.
 *
 * @param action {@code register} or {@code deregister}
 * @param single a service with that node
 * @param owner  address at which the owner has a consumer; empty for none
 * @param ttl    how long it holds unless renewed; zero for as long as the owner lives
 */
public record RegistrationRequest(String action, ServiceInfo single, String owner, Duration ttl) {}
