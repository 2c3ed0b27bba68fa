/** Ends of what takes too long, and another attempt at what failed. */
@NullMarked
package dev.vertxmicro.wrapper.resilience.time;

import org.jspecify.annotations.NullMarked;
