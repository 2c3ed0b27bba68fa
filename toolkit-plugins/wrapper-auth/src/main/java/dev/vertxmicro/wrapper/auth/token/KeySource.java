package dev.vertxmicro.wrapper.auth.token;

import dev.vertxmicro.time.Timers;
import dev.vertxmicro.wrapper.auth.proof.FromFiles;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Where keys come from. Used concurrently, on event loops. */
public sealed interface KeySource permits FixedKeys, JwksKeys {

    /**
     * Makes one whose keys change with their files only.
     *
     * @param vertx     reads files again
     * @param timers    the clock
     * @param files     the files, perhaps none
     * @param keys      makes the keys, of what the files hold
     * @param cacheSize how many verified tokens are kept
     * @return the source
     */
    static KeySource of(
            Vertx vertx, Timers timers, List<String> files, Supplier<List<VerificationKey>> keys, int cacheSize) {
        return new FixedKeys(new FromFiles<>(vertx, timers, files, () -> KeyRing.of(keys.get(), cacheSize)));
    }

    /** Gives the keys, at no cost; empty if they have to be {@linkplain #renewed() asked for} first. */
    Optional<KeyRing> current();

    /** Asks for newer keys, unless that was done a short time ago; fails if there are none at all. */
    Future<KeyRing> renewed();

    /** Tells whether the keys could not be renewed when that was last tried, so that there may be others. */
    boolean away();

    /**
     * Ends it.
     *
     * @return completes when nothing of it runs any more
     */
    Future<Void> close();
}
