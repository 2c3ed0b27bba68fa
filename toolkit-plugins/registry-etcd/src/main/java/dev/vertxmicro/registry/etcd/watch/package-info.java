/**
 * Follows what is kept in etcd: a list, and a watch from its revision on.
 *
 * <p>Stands on {@code member} and {@code wire}.
 */
@NullMarked
package dev.vertxmicro.registry.etcd.watch;

import org.jspecify.annotations.NullMarked;
