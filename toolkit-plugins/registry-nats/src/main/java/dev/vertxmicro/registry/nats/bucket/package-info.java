/**
 * Nodes kept in a key-value bucket of JetStream, an entry each.
 *
 * <p>go-micro counterpart: none; the layout is our own.
 *
 * <pre>{@code
 * bucket.announce(new ToldNode(service, ttl)).onSuccess(kept -> goOn());
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.registry.nats.bucket;

import org.jspecify.annotations.NullMarked;
