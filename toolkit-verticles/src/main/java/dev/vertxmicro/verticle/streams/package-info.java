/**
 * What carries streams, and bodies of calls, between the event bus and services. A room of the verticles.
 *
 * <p>go-micro counterpart: none; there streams have a connection from end to end.
 *
 * <pre>{@code
 * transport.open("127.0.0.1:9001", message, context)
 *         .map(SocketStream::new)
 *         .onSuccess(ticks -> ticks.onMessage(tick -> System.out.println(tick)));
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.verticle.streams;

import org.jspecify.annotations.NullMarked;
