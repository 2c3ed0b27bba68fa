/** What is measured of endpoints and topics, bounded whatever names others choose. For the metrics wrapper only. */
@NullMarked
package dev.vertxmicro.wrapper.metrics.series;

import org.jspecify.annotations.NullMarked;
