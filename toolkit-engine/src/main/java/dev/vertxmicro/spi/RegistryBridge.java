package dev.vertxmicro.spi;

import io.vertx.core.Future;

/** A registry and a directory of another kind, each showing what the other knows. */
public interface RegistryBridge {
    /** Shows nothing. */
    RegistryBridge NONE = new RegistryBridge() {
        @Override
        public Future<Void> start() {
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> stop() {
            return Future.succeededFuture();
        }
    };

    /**
     * Begins.
     *
     * @return completes when what is there is shown, or once warned that a side is away; fails if one cannot be read
     */
    Future<Void> start();

    /**
     * Takes back what was shown.
     *
     * @return completes when that is done
     */
    Future<Void> stop();
}
