/**
 * Carries messages between two addresses, one call or one stream at a time.
 *
 * <p>go-micro counterpart: package {@code transport}.
 *
 * <pre>{@code
 * Transport transport = Transport.inMemory(timers);
 * Listener listener = transport.listener("127.0.0.1:0");
 * listener.onRequest((request, peer, cancellation) -> Future.succeededFuture(request));
 * listener.listen().compose(address -> transport.request(address, message, CallContext.create()));
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.transport;

import org.jspecify.annotations.NullMarked;
