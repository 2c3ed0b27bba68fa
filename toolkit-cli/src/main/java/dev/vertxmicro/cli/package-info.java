/**
 * The commands of {@code bin/vertx} beside Vert.x's own: each answers on standard output, complains on standard error and
 * exits with a code other than 0 when it failed.
 *
 * <p>go-micro counterpart: the {@code micro} command line tool.
 *
 * <pre>{@code
 * vertx demo
 * vertx services
 * vertx describe greeter
 * vertx call greeter Greeter.Hello '{"name": "John"}'
 * vertx call greeter Greeter.Hello '{}' --repeat 100000 --concurrency 50
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.cli;

import org.jspecify.annotations.NullMarked;
