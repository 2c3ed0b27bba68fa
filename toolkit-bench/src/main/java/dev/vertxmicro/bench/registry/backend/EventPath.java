package dev.vertxmicro.bench.registry.backend;

import io.vertx.core.Future;
import java.util.function.Consumer;

/** A way by which one puts something in a server and another one, connected by itself, hears of it. */
public interface EventPath {

    /**
     * Connects both.
     *
     * @param told told, on any thread, the id of what was put
     * @return completes when the other one watches
     */
    Future<Void> open(Consumer<String> told);

    /**
     * Puts something.
     *
     * @param id what it is called
     * @return completes when the server has taken it
     */
    Future<Void> put(String id);

    /**
     * Takes it away.
     *
     * @param id what it is called
     * @return completes when it is gone
     */
    Future<Void> remove(String id);

    /**
     * Disconnects both.
     *
     * @return completes when that is done
     */
    Future<Void> close();
}
