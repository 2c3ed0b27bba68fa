/**
 * Uses the commands once, so that {@code bin/vertx} can archive the classes they load.
 *
 * <p>go-micro counterpart: none.
 *
 * <pre>{@code
 * vertx train
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.cli.train;

import org.jspecify.annotations.NullMarked;
