/**
 * Registries with the real servers they keep services in, and the bare clients of those servers.
 *
 * <p>go-micro counterpart: none.
 *
 * <pre>{@code
 * try (Backend backend = EtcdBackend.start(directory)) {
 *     Registry registry = backend.registry(vertx, backend.address());
 * }
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.bench.registry.backend;

import org.jspecify.annotations.NullMarked;
