/**
 * A registry over etcd, version 3.
 *
 * <p>go-micro counterpart: {@code registry/etcd}.
 *
 * <pre>{@code
 * EtcdRegistryOptions options = EtcdRegistryOptions.DEFAULTS.withAddresses(List.of("10.1.2.3:2379"));
 * Registry registry = EtcdRegistry.create(vertx, options);
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.registry.etcd;

import org.jspecify.annotations.NullMarked;
