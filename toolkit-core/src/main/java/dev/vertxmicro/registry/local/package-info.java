/**
 * What a registry keeps in this process: the table of services and the changes it tells, and those who watch. For those who implement
 * a registry, or follow one; who uses one needs nothing of it. The registry in memory is these and nothing else.
 *
 * <p>go-micro counterpart: package {@code registry/memory}.
 *
 * <pre>{@code
 * ServiceTable table = new ServiceTable(Duration.ofSeconds(10), timers, change -> show(change));
 * table.seen("greeter", List.of(service)); // tells what is new, and what is gone
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.registry.local;

import org.jspecify.annotations.NullMarked;
