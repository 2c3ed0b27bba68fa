/**
 * Registries with the real servers they keep services in, and the bare clients of those servers.
 *
 * <p>go-micro counterpart: none.
 */
@NullMarked
package dev.vertxmicro.bench.registry.backend;

import org.jspecify.annotations.NullMarked;
