package dev.vertxmicro.bench.broker;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

/** A way to get messages through a Mosquitto, with a publisher and a subscriber that are connected each by itself. */
interface BrokerContender {

    /** Connects a publisher; on its event loop. */
    Future<Void> openPublisher(Vertx vertx);

    /** Connects a subscriber, which gives every body to the handler; on its event loop. */
    Future<Void> openSubscriber(Vertx vertx, Handler<Buffer> received);

    /** Publishes; completes when the message needs no place in the window any more: at QoS 1 it was acknowledged. */
    Future<Void> publish(Buffer body);

    /** Disconnects both. */
    Future<Void> close();
}
