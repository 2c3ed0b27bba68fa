/**
 * Load tests of calls and messages: a plan, its run, what came of it.
 *
 * <p>go-micro counterpart: none.
 *
 * <pre>{@code
 * vertx call greeter Greeter.Hello {} --repeat 100000 --rate 1000
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.cli.load;

import org.jspecify.annotations.NullMarked;
