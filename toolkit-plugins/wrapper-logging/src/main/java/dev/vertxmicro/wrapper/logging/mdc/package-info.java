/** The ids of a call where what it does is logged: on its Vert.x context, and in the MDC of its threads. */
@NullMarked
package dev.vertxmicro.wrapper.logging.mdc;

import org.jspecify.annotations.NullMarked;
