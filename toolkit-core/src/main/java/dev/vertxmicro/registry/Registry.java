package dev.vertxmicro.registry;

import dev.vertxmicro.registry.local.MemoryRegistry;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/** A registry, both halves: go-micro's {@code registry.Registry}. */
public interface Registry extends Registrar, Discovery {

    /**
     * Makes a registry that lives in this object only.
     *
     * @param timers expire what is not renewed
     * @return the registry, type {@code memory}
     */
    static Registry inMemory(Timers timers) {
        return new MemoryRegistry(timers);
    }

    /**
     * Names the kind of registry, as a descriptor does.
     *
     * @return the type, such as {@code mdns}
     */
    String type();

    /**
     * Tells what this kind of registry can and cannot do.
     *
     * @return everything, unless overridden
     */
    default RegistryTraits traits() {
        return RegistryTraits.FULL;
    }

    /**
     * Tells how long those who watch usually need to hear of a node that has left, once {@link #deregister} has completed. A server
     * that stops goes on to take calls for that long, so that none is refused which could have gone elsewhere; it is the time of a
     * registry that is well, where {@link RegistryTraits#goneWithin} bounds the longest.
     *
     * @return half a second, unless overridden
     */
    default Duration noticePeriod() {
        return Duration.ofMillis(500);
    }

    /**
     * Tells whether what is registered stays until its time to live is over though the process that registered it has ended, as with a
     * server that keeps it. Else it is gone with that process; most often it is processes that are asked then, which answer when they can.
     *
     * @return true, unless overridden
     */
    default boolean outlivesProcess() {
        return true;
    }

    /**
     * Gives the registries that this one is made of, for those who want to know which of them knows what. They are its own: it closes
     * them.
     *
     * @return those that it reads, by precedence; none for one that stands by itself, as is the default
     */
    default List<Registry> members() {
        return List.of();
    }

    /**
     * Releases what the registry holds; what it registered is deregistered first.
     *
     * @return completes when all is released; closing twice is fine
     */
    Future<Void> close();
}
