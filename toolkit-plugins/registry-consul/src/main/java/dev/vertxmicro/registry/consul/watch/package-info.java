/**
 * Follows services by blocking queries and tells their watchers what changes.
 *
 * <p>go-micro counterpart: go-plugins {@code registry/consul/watcher.go}. Stands on {@code agent} and {@code wire}.
 */
@NullMarked
package dev.vertxmicro.registry.consul.watch;

import org.jspecify.annotations.NullMarked;
