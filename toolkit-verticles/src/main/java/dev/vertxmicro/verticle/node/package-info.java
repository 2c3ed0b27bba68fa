/**
 * Handlers in any process of a cluster: an agent in each, which hands messages to the consumers of its own process, what is known of
 * the others' agents, and the way of a call to one of them. A room of the verticles.
 *
 * <p>go-micro counterpart: none; there a handler lives in its server.
 *
 * <pre>{@code
 * List<String> handlers = List.of("micro.handler/clock/Clock.Now");
 * HandlerRoute route = HandlerRoute.of(vertx, handlers, SelectorOptions.DEFAULTS, ClientOptions.DEFAULTS);
 * route.ready().onSuccess(known -> System.out.println("handlers are known"));
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.verticle.node;

import org.jspecify.annotations.NullMarked;
