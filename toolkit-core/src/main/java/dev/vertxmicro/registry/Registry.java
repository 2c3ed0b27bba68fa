package dev.vertxmicro.registry;

import dev.vertxmicro.registry.local.MemoryRegistry;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;

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
     * Releases what the registry holds; what it registered is deregistered first.
     *
     * @return completes when all is released; closing twice is fine
     */
    Future<Void> close();
}
