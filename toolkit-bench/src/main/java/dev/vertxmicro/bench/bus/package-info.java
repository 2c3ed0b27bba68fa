/** What the event bus between a caller and its client costs, where both are in one JVM. */
@NullMarked
package dev.vertxmicro.bench.bus;

import org.jspecify.annotations.NullMarked;
