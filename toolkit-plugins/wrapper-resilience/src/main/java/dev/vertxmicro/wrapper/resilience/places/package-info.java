/** Places of calls, waiting for one, and the interceptors that hold them. */
@NullMarked
package dev.vertxmicro.wrapper.resilience.places;

import org.jspecify.annotations.NullMarked;
