/**
 * What the engine-free core needs of Vert.x: time, contexts, threads for handlers.
 *
 * <p>go-micro counterpart: none; Go's runtime does this there.
 *
 * <pre>{@code
 * Timers timers = VertxTimers.of(vertx);
 * Invoker invoker = Threading.WORKER.invoker(vertx);
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.engine;

import org.jspecify.annotations.NullMarked;
