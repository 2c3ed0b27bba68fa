/**
 * The selector over a watched cache of a registry: what is known of a service, the load of its nodes, and which are left out.
 *
 * <p>go-micro counterpart: {@code client/selector/default.go} and {@code registry/cache}.
 */
@NullMarked
package dev.vertxmicro.selector.caching;

import org.jspecify.annotations.NullMarked;
