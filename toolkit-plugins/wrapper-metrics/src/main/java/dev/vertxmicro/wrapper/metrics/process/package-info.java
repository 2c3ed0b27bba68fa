/** What a process shows of itself: its registry, its page, what services and wrappers count. For the metrics wrapper only. */
@NullMarked
package dev.vertxmicro.wrapper.metrics.process;

import org.jspecify.annotations.NullMarked;
