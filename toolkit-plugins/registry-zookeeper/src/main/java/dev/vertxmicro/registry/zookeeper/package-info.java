/**
 * A registry over Zookeeper.
 *
 * <p>go-micro counterpart: {@code go-plugins/registry/zookeeper}.
 *
 * <pre>{@code
 * ZookeeperRegistryOptions options = ZookeeperRegistryOptions.DEFAULTS.withAddress("10.1.2.3:1234");
 * Registry registry = ZookeeperRegistry.create(vertx, options);
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.registry.zookeeper;

import org.jspecify.annotations.NullMarked;
