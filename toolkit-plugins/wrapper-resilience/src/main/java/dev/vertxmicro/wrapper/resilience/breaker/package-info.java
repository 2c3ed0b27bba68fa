/** Circuits, and the interceptors that stand before them. */
@NullMarked
package dev.vertxmicro.wrapper.resilience.breaker;

import org.jspecify.annotations.NullMarked;
