/**
 * Registers nodes with agents, renews them and takes them back.
 *
 * <p>Stands on {@code agent} and {@code wire}.
 */
@NullMarked
package dev.vertxmicro.registry.consul.registration;

import org.jspecify.annotations.NullMarked;
