/**
 * How a registry of ten thousand services behaves: looking one up in the cache, setting up a list and a watch of all; and what registries with
 * a real server behind them take, beside bare clients of those servers.
 *
 * <p>go-micro counterpart: none.
 *
 * <pre>{@code
 * make bench BENCH=registry
 * make bench BENCH=registries
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.bench.registry;

import org.jspecify.annotations.NullMarked;
