/**
 * A registry over ZooKeeper.
 *
 * <p>go-micro counterpart: {@code go-plugins/registry/zookeeper}.
 *
 * <pre>{@code
 * ZookeeperRegistryOptions options = ZookeeperRegistryOptions.DEFAULTS.withAddresses(List.of("10.1.2.3:2181"));
 * Registry registry = ZookeeperRegistry.create(vertx, options);
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.registry.zookeeper;

import org.jspecify.annotations.NullMarked;
