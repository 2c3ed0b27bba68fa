/**
 * Looks services up, follows them by recursive watches and tells their watchers what changes.
 *
 * <p>go-micro counterpart: go-plugins {@code registry/zookeeper/watcher.go}. Stands on {@code session} and {@code
 * wire}.
 */
@NullMarked
package dev.vertxmicro.registry.zookeeper.watch;

import org.jspecify.annotations.NullMarked;
