/** Buckets of permissions, waiting for one, and the interceptors that ask for them. */
@NullMarked
package dev.vertxmicro.wrapper.resilience.limit;

import org.jspecify.annotations.NullMarked;
