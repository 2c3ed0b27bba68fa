/**
 * Wrappers that keep failures small: circuit breaker, rate limit, bulkhead, timeout and retry, around calls, streams and messages.
 *
 * <p>go-micro counterpart: go-plugins' {@code wrapper/breaker}, {@code wrapper/ratelimiter} and {@code wrapper/service}.
 *
 * <pre>{@code
 * Wrappers wrappers = new Wrappers(List.of(
 *         RateLimitWrapper.create(RateLimitOptions.DEFAULTS.withCalls(50), "greeter", timers),
 *         BulkheadWrapper.create(BulkheadOptions.DEFAULTS, "greeter", timers)));
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.wrapper.resilience;

import org.jspecify.annotations.NullMarked;
