package dev.vertxmicro.registry.nats.nodes;

import dev.vertxmicro.registry.ServiceInfo;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Consumer;

/** How nodes are made known and found over NATS, in one of two ways. Confined to the context of the registry. */
public interface NatsBackend {

    /**
     * Asks for all nodes there are.
     *
     * @param name of the service; empty for all services
     * @param each is told each node, before the future completes
     * @return completes when there are no more; fails with 500 if NATS does not answer
     */
    Future<Void> ask(Optional<String> name, Consumer<ToldNode> each);

    /**
     * Begins to tell of changes: what comes after the future has completed, or before, is not lost.
     *
     * @param name of the service; empty for all services
     * @param feed is told
     * @return what ends it
     */
    Future<Runnable> follow(Optional<String> name, Feed feed);

    /**
     * Makes a node known, or renews it.
     *
     * @param node with how long that holds; zero for ever
     * @return completes when NATS has it
     */
    Future<Void> announce(ToldNode node);

    /**
     * Takes a node back.
     *
     * @param single a version of a service with one node
     * @return completes when NATS has it
     */
    Future<Void> withdraw(ServiceInfo single);

    /** The connection is there again: what belonged to the one before is made anew. */
    void again();

    /** Ends what runs by itself. */
    void stop();

    /** Who is told of changes. */
    interface Feed {
        /**
         * Tells that a node is there.
         *
         * @param node new, changed or renewed
         */
        void told(ToldNode node);

        /**
         * Tells that nodes have gone.
         *
         * @param service with the nodes; without any, the whole version
         */
        void gone(ServiceInfo service);

        /** Tells that something may have been missed, so that all must be asked for. */
        void missed();
    }
}
