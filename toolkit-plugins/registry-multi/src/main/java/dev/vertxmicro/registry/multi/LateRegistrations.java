package dev.vertxmicro.registry.multi;

import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The registrations that a registry has not answered, though nobody waits for them any more: one that comes about after it was ended has to
 * be ended once more. Confined to the context of its owner.
 */
final class LateRegistrations {
    private final Timers timers;
    private final Map<List<String>, Late> unanswered = new HashMap<>();

    /** What is under way of the same nodes, and what came after it. */
    private static final class Late {
        private int registrations;
        private boolean ended;
    }

    LateRegistrations(Timers timers) {
        this.timers = timers;
    }

    /**
     * Takes note of one that begins, for which others of the same nodes count again.
     *
     * @param key        of the nodes
     * @param registered when it is answered
     * @param takeBack   run where it was ended before it was answered
     * @return completes as it does, on the context, when it is known here no more
     */
    Future<Void> begun(List<String> key, Future<Void> registered, Runnable takeBack) {
        Late late = unanswered.computeIfAbsent(key, none -> new Late());
        late.registrations++;
        late.ended = false;
        Promise<Void> here = timers.promise();
        registered.onComplete(here);
        return here.future().onComplete(done -> {
            late.registrations--;
            if (late.registrations == 0) {
                unanswered.remove(key);
            }
            if (late.ended) {
                takeBack.run();
            }
        });
    }

    /** Takes note that what was registered is ended. */
    void ended(List<String> key) {
        Late late = unanswered.get(key);
        if (late != null) {
            late.ended = true;
        }
    }
}
