/**
 * The command that calls an endpoint, once, as a stream or as a load test.
 *
 * <p>go-micro counterpart: {@code micro call} and {@code micro stream}.
 *
 * <pre>{@code
 * vertx call greeter Greeter.Hello '{"name": "John"}'
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.cli.call;

import org.jspecify.annotations.NullMarked;
