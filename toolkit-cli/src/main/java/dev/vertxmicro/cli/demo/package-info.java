/**
 * A service and its caller in two processes, to see that all works.
 *
 * <p>go-micro counterpart: none.
 *
 * <pre>{@code
 * vertx demo
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.cli.demo;

import org.jspecify.annotations.NullMarked;
