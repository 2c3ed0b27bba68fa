/** What becomes of calls and messages in a cluster whose processes are killed, hang, are cut off or restarted. */
@NullMarked
package dev.vertxmicro.bench.cluster;

import org.jspecify.annotations.NullMarked;
