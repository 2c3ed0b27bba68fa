/**
 * Streams over the event bus: two ends in any two processes, messages both ways, none beyond what the reader has room for.
 *
 * <p>go-micro counterpart: none; docs/event-bus.md describes the frames, which plain verticles can speak.
 *
 * <pre>{@code
 * BusStreams streams = new BusStreams(vertx, BusStreams.MAX_MESSAGE_BYTES);
 * DeliveryOptions weather = new DeliveryOptions().addHeader("service", "weather").addHeader("endpoint", "Weather.Report");
 * streams.open("micro.client", weather, null, Cancellation.NEVER)
 *         .onSuccess(socket -> socket.onMessage(message -> System.out.println(message.body())));
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.engine.eventbus.stream;

import org.jspecify.annotations.NullMarked;
