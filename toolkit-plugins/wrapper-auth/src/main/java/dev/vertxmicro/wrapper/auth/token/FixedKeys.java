package dev.vertxmicro.wrapper.auth.token;

import dev.vertxmicro.wrapper.auth.proof.FromFiles;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Keys of the settings, and of the files that these name.
 *
 * @param own with who was verified by them
 */
record FixedKeys(FromFiles<KeyRing> own) implements KeySource {

    @Override
    public Optional<KeyRing> current() {
        return Optional.of(own.current());
    }

    @Override
    public Future<KeyRing> renewed() {
        return own.renewed();
    }

    @Override
    public boolean away() {
        return false;
    }

    @Override
    public Future<Void> close() {
        own.close();
        return Future.succeededFuture();
    }
}
