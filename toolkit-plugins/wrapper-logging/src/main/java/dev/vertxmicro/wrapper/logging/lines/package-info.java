/** Lines about calls: what stands in them, how many there may be, and the way to the logging library. */
@NullMarked
package dev.vertxmicro.wrapper.logging.lines;

import org.jspecify.annotations.NullMarked;
