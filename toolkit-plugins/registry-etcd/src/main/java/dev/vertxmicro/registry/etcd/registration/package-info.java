/**
 * Registers nodes, renews them and takes them back: a key for each, and one lease for all with the same time to live.
 *
 * <p>Stands on {@code member} and {@code wire}.
 */
@NullMarked
package dev.vertxmicro.registry.etcd.registration;

import org.jspecify.annotations.NullMarked;
