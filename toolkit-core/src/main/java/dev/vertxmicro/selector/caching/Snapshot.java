package dev.vertxmicro.selector.caching;

import dev.vertxmicro.registry.ServiceInfo;
import java.util.List;

/**
 * What is known of a service at a time.
 *
 * @param versions   all that the registry told
 * @param table      the nodes among it that can be called
 * @param balance    what outlives this: strategies and counts
 * @param freshUntil until when it need not be renewed
 * @param confirmed  when the registry has told it
 * @param whole      false while the registry still collects answers
 */
record Snapshot(
        List<ServiceInfo> versions,
        NodeTable table,
        ServiceBalance balance,
        long freshUntil,
        long confirmed,
        boolean whole) {

    Snapshot freshUntil(long nanos) {
        return new Snapshot(versions, table, balance, nanos, confirmed, whole);
    }
}
