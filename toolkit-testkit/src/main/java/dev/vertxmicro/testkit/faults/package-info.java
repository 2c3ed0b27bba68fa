/**
 * What goes wrong between nodes, in one process, by a seed and on a clock that the test moves: latency, refusals, resets, black
 * holes, slow readers, duplicates, partitions.
 *
 * <pre>{@code
 * FaultyNetwork network = FaultyNetwork.create(timers, 42);
 * Transport transport = network.transport("a", Transport.inMemory(timers));
 * network.towards("b", LinkFaults.NONE.withReset(0.1));
 * network.partition(Set.of("a"), Set.of("b"));
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.testkit.faults;

import org.jspecify.annotations.NullMarked;
