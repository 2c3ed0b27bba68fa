/** Processes in which servers and callers run, each on a processor of its own, and the load that a caller makes. */
@NullMarked
package dev.vertxmicro.bench.unary.worker;

import org.jspecify.annotations.NullMarked;
