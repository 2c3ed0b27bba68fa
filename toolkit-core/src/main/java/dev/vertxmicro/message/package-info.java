/**
 * What travels: messages with their metadata, and the context of a call.
 *
 * <p>go-micro counterpart: {@code transport.Message}, package {@code metadata}, and Go's {@code context.Context}.
 *
 * <pre>{@code
 * CallContext context = CallContext.create().withMetadata("Tenant", "blue");
 * greeter.hello(context, request);
 *
 * // two seconds, for all calls made with it
 * CallContext brief = context.withDeadline(Duration.ofSeconds(2), timers);
 *
 * // in a handler:
 * String tenant = context.metadata().value("tenant", "none");
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.message;

import org.jspecify.annotations.NullMarked;
