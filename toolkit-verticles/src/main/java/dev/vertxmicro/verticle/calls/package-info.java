/**
 * Calls and streams for verticles that know only the event bus, as they come to {@code micro.client}. A room of the verticles.
 *
 * <p>go-micro counterpart: none; there who calls links the library.
 *
 * <pre>{@code
 * CallConsumer calls = new CallConsumer(vertx, client, true);
 * vertx.eventBus().<Object>consumer("my.client", asked -> calls.call(Cancellation.NEVER, asked).onSuccess(asked::reply));
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.verticle.calls;

import org.jspecify.annotations.NullMarked;
