/**
 * How a registry of ten thousand services behaves: looking one up in the cache, setting up a list and a watch of all.
 *
 * <p>go-micro counterpart: none.
 *
 * <pre>{@code
 * make bench BENCH=registry
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.bench.registry;

import org.jspecify.annotations.NullMarked;
