/** What all five wrappers stand on: states by key in bounded memory, the end of a call, and which errors count. */
@NullMarked
package dev.vertxmicro.wrapper.resilience.call;

import org.jspecify.annotations.NullMarked;
