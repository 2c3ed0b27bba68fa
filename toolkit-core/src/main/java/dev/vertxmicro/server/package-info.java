/**
 * Serves endpoints: content negotiation, dispatch to handlers, limits, registration with heartbeat, drain.
 *
 * <p>go-micro counterpart: package {@code server}.
 *
 * <pre>{@code
 * server.handle(hello, (request, context) -> Future.succeededFuture(greet(request)));
 * server.start().onSuccess(address -> System.out.println("Transport listening on " + address));
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.server;

import org.jspecify.annotations.NullMarked;
