/**
 * The event-bus protocol, version 1: addresses, headers and errors that verticles of any kind can speak.
 *
 * <p>go-micro counterpart: none; there only Go programs that link the library take part.
 *
 * <pre>{@code
 * DeliveryOptions options = new DeliveryOptions()
 *         .addHeader("service", "greeter")
 *         .addHeader("endpoint", "Greeter.Hello");
 * vertx.eventBus().<JsonObject>request("micro.client", new JsonObject().put("name", "davie"), options);
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.engine.eventbus;

import org.jspecify.annotations.NullMarked;
