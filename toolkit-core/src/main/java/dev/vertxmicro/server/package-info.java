/**
 * Serves endpoints: content negotiation, dispatch to handlers, limits, registration with heartbeat, drain.
 *
 * <p>go-micro counterpart: package {@code server}.
 *
 * <pre>{@code
 * server.handle(hello, (request, context) -> Future.succeededFuture(greet(request)));
 * server.start().onSuccess(registered -> System.out.println("Listening on " + server.address()));
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.server;

import org.jspecify.annotations.NullMarked;
