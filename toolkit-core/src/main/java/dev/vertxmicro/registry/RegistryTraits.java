package dev.vertxmicro.registry;

import java.time.Duration;

/**
 * What one kind of registry can and cannot do. Users read it in the table of docs/registry.md; the contract suite holds every
 * adapter to what it says of itself.
 *
 * @param anyAddress    a node may have any address; else only one of the host that registers it, anything else is refused with
 *                      400
 * @param ttlPerNode    a node whose process dies leaves after the time to live it was registered with; else after one of the
 *                      registry's own
 * @param everyChange   each change is told; else changes that come together are told by what came of them, as where a
 *                      backend tells states
 * @param visibleWithin how long {@code register} may take until others find the node
 * @param goneWithin    how long others may still be told of a node after {@code deregister} was called
 */
public record RegistryTraits(
        boolean anyAddress, boolean ttlPerNode, boolean everyChange, Duration visibleWithin, Duration goneWithin) {
    /** Everything, within a second. */
    public static final RegistryTraits FULL =
            new RegistryTraits(true, true, true, Duration.ofSeconds(1), Duration.ofSeconds(1));
}
