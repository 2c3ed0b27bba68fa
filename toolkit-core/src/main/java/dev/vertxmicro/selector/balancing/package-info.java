/**
 * The strategies: each file is one way to pick a node.
 *
 * <p>go-micro counterpart: {@code client/selector/strategy.go}, which has random and round robin.
 */
@NullMarked
package dev.vertxmicro.selector.balancing;

import org.jspecify.annotations.NullMarked;
