/** The parts of {@link dev.vertxmicro.testkit.Loopback}, for it alone. */
@NullMarked
package dev.vertxmicro.testkit.loopback;

import org.jspecify.annotations.NullMarked;
