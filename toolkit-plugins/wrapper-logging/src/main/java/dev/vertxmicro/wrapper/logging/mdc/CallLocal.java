package dev.vertxmicro.wrapper.logging.mdc;

import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxBootstrap;
import io.vertx.core.spi.VertxServiceProvider;
import io.vertx.core.spi.context.storage.AccessMode;
import io.vertx.core.spi.context.storage.ContextLocal;
import org.jspecify.annotations.Nullable;

/**
 * The place for the ids of a call on a Vert.x context of its own. Timers, blocking code and the callbacks of futures run on the
 * context that began them, so they have them too, without anything that a hop would cost.
 */
public final class CallLocal implements VertxServiceProvider {
    private static final ContextLocal<CallIds> IDS = ContextLocal.registerLocal(CallIds.class);

    /** For the service loader, before a Vert.x is made: each of its contexts has the place then. */
    public CallLocal() {}

    @Override
    public void init(VertxBootstrap builder) {
        // it is there already
    }

    /**
     * Makes a context for a call, beside the one that this thread is on.
     *
     * @param ids of the call
     * @return the context; null where there is none to begin with, or it was made by somebody else's Vert.x
     */
    public static @Nullable ContextInternal contextWith(CallIds ids) {
        ContextInternal current = ContextInternal.current();
        if (current == null) {
            return null;
        }
        ContextInternal own = current.duplicate(true);
        return put(own, ids) ? own : null;
    }

    static boolean put(ContextInternal own, CallIds ids) {
        try {
            own.putLocal(IDS, AccessMode.CONCURRENT, ids);
            return true;
        } catch (IllegalArgumentException noSuchPlace) {
            return false; // made before this class was loaded
        }
    }

    /**
     * Gives the ids on the context of this thread.
     *
     * @return those of the call that it works on; null if there are none
     */
    public static @Nullable CallIds current() {
        ContextInternal current = ContextInternal.current();
        return current == null ? null : of(current);
    }

    static @Nullable CallIds of(ContextInternal context) {
        try {
            return context.getLocal(IDS, AccessMode.CONCURRENT);
        } catch (IllegalArgumentException noSuchPlace) {
            return null;
        }
    }
}
