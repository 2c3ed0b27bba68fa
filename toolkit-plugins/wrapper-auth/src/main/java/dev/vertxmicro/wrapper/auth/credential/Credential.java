package dev.vertxmicro.wrapper.auth.credential;

import io.vertx.core.Future;
import java.util.Optional;

/** What a client shows. Used concurrently. */
public interface Credential {

    /**
     * Makes one that never changes.
     *
     * @param value what is shown
     * @return the credential
     */
    static Credential of(String value) {
        return new FixedCredential(value);
    }

    /** Gives it, if it is here. */
    Optional<String> ready();

    /** Gives it once it is here; fails with 503, on the context of the caller. */
    Future<String> obtain();

    /**
     * Ends it.
     *
     * @return completes when nothing of it runs any more
     */
    Future<Void> close();
}
