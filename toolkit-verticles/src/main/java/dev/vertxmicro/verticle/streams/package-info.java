/**
 * What carries streams, and bodies of calls, between the event bus and services. A room of the verticles.
 *
 * <p>go-micro counterpart: none; there streams have a connection from end to end.
 *
 * <pre>{@code
 * streams.open(true, Cancellation.NEVER, opening -> bus.request("micro.handler/clock/Clock.Ticks", null, opening))
 *         .map(SocketStream::new)
 *         .onSuccess(ticks -> ticks.onMessage(tick -> System.out.println(tick)));
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.verticle.streams;

import org.jspecify.annotations.NullMarked;
