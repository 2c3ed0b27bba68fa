package dev.vertxmicro.verticle.broker;

import dev.vertxmicro.broker.Admission;
import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.error.Catching;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;

/** Publishes to the broker, so much at a time. Confined to one context. */
final class BoundedPublisher {
    private final Broker broker;
    private final BrokerHealth health;
    private final Admission admission;
    private Promise<Void> idle = Promise.promise();
    private int underWay;

    BoundedPublisher(Broker broker, BrokerHealth health, Admission admission) {
        this.broker = broker;
        this.health = health;
        this.admission = admission;
    }

    /** Publishes; fails with 503 if too much waits for the broker already. */
    Future<Void> publish(String topic, Message message) {
        int size = message.body().length();
        Optional<String> full = admission.enter(size);
        if (full.isPresent()) {
            return Future.failedFuture(MicroException.unavailable(
                            BrokerHost.ID, "too much waits for the broker already, try again (" + full.get() + ")")
                    .asRetryable()
                    .withoutStackTrace());
        }
        if (underWay++ == 0) {
            idle = Promise.promise();
        }
        return health.published(Catching.future("broker", () -> broker.publish(topic, message)))
                .onComplete(done -> {
                    admission.leave(size);
                    if (--underWay == 0) {
                        idle.complete();
                    }
                });
    }

    /** Completes when nothing is on its way to the broker. */
    Future<Void> idle() {
        return underWay == 0 ? Future.succeededFuture() : idle.future();
    }
}
