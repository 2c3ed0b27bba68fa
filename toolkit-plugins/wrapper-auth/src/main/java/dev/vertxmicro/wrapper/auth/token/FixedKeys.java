package dev.vertxmicro.wrapper.auth.token;

import io.vertx.core.Future;
import java.util.Optional;

/** Keys of the settings. */
final class FixedKeys implements KeySource {
    private final Optional<KeyRing> ring;
    private final Future<KeyRing> same;

    FixedKeys(KeyRing ring) {
        this.ring = Optional.of(ring);
        this.same = Future.succeededFuture(ring);
    }

    @Override
    public Optional<KeyRing> current() {
        return ring;
    }

    @Override
    public Future<KeyRing> renewed() {
        return same;
    }

    @Override
    public boolean away() {
        return false;
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
