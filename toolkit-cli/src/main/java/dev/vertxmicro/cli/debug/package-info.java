/**
 * The commands that ask the nodes of a service about themselves, those of stock go-micro services too.
 *
 * <p>go-micro counterpart: {@code micro health}, {@code micro stats} and {@code micro log}.
 *
 * <pre>{@code
 * vertx health greeter
 * vertx stats greeter --json
 * vertx logs greeter --follow
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.cli.debug;

import org.jspecify.annotations.NullMarked;
