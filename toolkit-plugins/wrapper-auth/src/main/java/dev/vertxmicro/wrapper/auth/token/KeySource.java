package dev.vertxmicro.wrapper.auth.token;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Where keys come from. Used concurrently, on event loops. */
public sealed interface KeySource permits FixedKeys, JwksKeys {

    /**
     * Makes one whose keys never change.
     *
     * @param keys      the keys
     * @param cacheSize how many verified tokens are kept
     * @return the source
     */
    static KeySource of(List<VerificationKey> keys, int cacheSize) {
        return new FixedKeys(KeyRing.of(keys, cacheSize));
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
