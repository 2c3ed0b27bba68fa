/** What finds the wrappers for descriptors. */
@NullMarked
package dev.vertxmicro.wrapper.resilience.provider;

import org.jspecify.annotations.NullMarked;
