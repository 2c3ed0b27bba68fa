package dev.vertxmicro.broker.http.publishing;

import dev.vertxmicro.broker.http.nodes.SubscriberNode;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;

/** A connection to one node: requests go out in order, answers come back in the same. Used on the context of the broker. */
interface Link {

    /** Sends a message. */
    void send(ByteBuf message);

    /** Closes it; {@link Events#closed} follows. */
    void close();

    /** What comes back. */
    interface Events {
        /**
         * The oldest request that was not answered is.
         *
         * @param status  of HTTP
         * @param unknown whether the node says that there is no such subscription
         * @param text    the body, or its beginning
         */
        void answered(int status, boolean unknown, String text);

        /** What was not answered will not be. */
        void closed(String why);
    }

    /** Makes connections. */
    @FunctionalInterface
    interface Dialer {
        /** Connects; the events come only after it has succeeded. */
        Future<Link> dial(SubscriberNode node, Events events);
    }
}
