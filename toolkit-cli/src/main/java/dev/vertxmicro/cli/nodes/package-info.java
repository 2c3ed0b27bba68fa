/**
 * What runs where in a cluster.
 *
 * <p>go-micro counterpart: none; {@code micro list} knows services alone.
 *
 * <pre>{@code
 * vertx nodes --cluster-host 127.0.0.1
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.cli.nodes;

import org.jspecify.annotations.NullMarked;
