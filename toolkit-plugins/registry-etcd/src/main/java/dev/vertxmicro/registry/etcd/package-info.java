/**
 * A registry over Etcd.
 *
 * <p>go-micro counterpart: {@code go-plugins/registry/etcd}.
 *
 * <pre>{@code
 * EtcdRegistryOptions options = EtcdRegistryOptions.DEFAULTS.withAddress("10.1.2.3:1234");
 * Registry registry = EtcdRegistry.create(vertx, options);
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.registry.etcd;

import org.jspecify.annotations.NullMarked;
