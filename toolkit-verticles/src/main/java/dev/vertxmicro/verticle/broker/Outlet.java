package dev.vertxmicro.verticle.broker;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import io.vertx.core.Future;

/** Publishes to the broker, so many messages at a time. Confined to one context. */
final class Outlet {
    private final Broker broker;
    private final BrokerHealth health;
    private final int most;
    private int inFlight;

    Outlet(Broker broker, BrokerHealth health, int most) {
        this.broker = broker;
        this.health = health;
        this.most = most;
    }

    /** Publishes; fails with 503 if too many wait for the broker already. */
    Future<Void> publish(String topic, Message message) {
        if (inFlight >= most) {
            return Future.failedFuture(MicroException.unavailable(
                            BrokerHost.ID, inFlight + " messages wait for the broker already, try again")
                    .asRetryable()
                    .withoutStackTrace());
        }
        inFlight++;
        return health.published(broker.publish(topic, message)).onComplete(done -> inFlight--);
    }
}
