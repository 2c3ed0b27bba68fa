/**
 * Calls and streams between services over the event bus, in one Vert.x or between the processes of a cluster: no port is listened on.
 *
 * <p>go-micro counterpart: {@code transport/nats} and others of its plugins, which carry calls over a message bus.
 *
 * <pre>{@code
 * Transport transport = EventBusTransport.create(vertx, EventBusTransportOptions.DEFAULTS);
 * transport.listener(":0")
 *         .onRequest((request, peer, cancellation) -> Future.succeededFuture(request))
 *         .listen()
 *         .onSuccess(address -> System.out.println("served at " + address));
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.eventbus.transport;

import org.jspecify.annotations.NullMarked;
