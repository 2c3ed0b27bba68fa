package dev.vertxmicro.wrapper.auth.credential;

import io.vertx.core.Future;
import java.util.Optional;

/** A credential of the settings. */
final class FixedCredential implements Credential {
    private final Optional<String> value;

    FixedCredential(String value) {
        this.value = Optional.of(value);
    }

    @Override
    public Optional<String> ready() {
        return value;
    }

    @Override
    public Future<String> obtain() {
        return Future.succeededFuture(value.orElseThrow());
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
