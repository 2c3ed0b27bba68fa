/**
 * A wrapper that writes a line of the log for each call, stream and message, and puts the ids of a call into the MDC of whatever
 * is logged while it is handled.
 *
 * <p>go-micro counterpart: the log wrapper of its examples, {@code wrapper/log}.
 *
 * <pre>{@code
 * Wrappers wrappers = new Wrappers(List.of(CallLogging.create(
 *         LoggingOptions.DEFAULTS.withSample(100).withSlowAfter(Duration.ofMillis(200)),
 *         VertxTimers.of(vertx),
 *         "greeter",
 *         "greeter-1")));
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.wrapper.logging;

import org.jspecify.annotations.NullMarked;
