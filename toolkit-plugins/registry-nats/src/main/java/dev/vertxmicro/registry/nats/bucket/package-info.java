/**
 * Nodes kept in a key-value bucket of JetStream, an entry each.
 *
 * <p>go-micro counterpart: none; the layout is our own.
 */
@NullMarked
package dev.vertxmicro.registry.nats.bucket;

import org.jspecify.annotations.NullMarked;
