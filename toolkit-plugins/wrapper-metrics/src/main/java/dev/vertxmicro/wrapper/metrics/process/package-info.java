/** What a process shows of itself: its registry, its page, and what services and other wrappers have counted. For the metrics wrapper only. */
@NullMarked
package dev.vertxmicro.wrapper.metrics.process;

import org.jspecify.annotations.NullMarked;
