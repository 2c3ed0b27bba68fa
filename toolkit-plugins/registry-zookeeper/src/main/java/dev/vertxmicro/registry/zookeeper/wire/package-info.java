/**
 * Paths and values as go-micro's peers write them.
 *
 * <p>go-micro counterpart: go-plugins {@code registry/zookeeper/util.go}.
 */
@NullMarked
package dev.vertxmicro.registry.zookeeper.wire;

import org.jspecify.annotations.NullMarked;
