/** What becomes of calls while nodes, the way to them, or the registry fail. */
@NullMarked
package dev.vertxmicro.bench.faults;

import org.jspecify.annotations.NullMarked;
