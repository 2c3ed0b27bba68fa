/**
 * What is typed as a body, and the schema it is read by.
 *
 * <p>go-micro counterpart: {@code micro call} and its body.
 *
 * <pre>{@code
 * vertx call greeter Greeter.Hello @body.json --proto greeter.proto
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.cli.body;

import org.jspecify.annotations.NullMarked;
