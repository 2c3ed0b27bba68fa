/** From the start of a process to its first answered call. */
@NullMarked
package dev.vertxmicro.bench.startup;

import org.jspecify.annotations.NullMarked;
