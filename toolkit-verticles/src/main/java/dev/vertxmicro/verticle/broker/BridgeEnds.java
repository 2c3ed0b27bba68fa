package dev.vertxmicro.verticle.broker;

import dev.vertxmicro.broker.Admission;
import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.verticle.ownership.Lease;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** The two sides of all bridges: the event bus and the broker. Confined to one context. */
final class BridgeEnds {
    /** How long what was taken may take, when nothing more is. */
    static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(4);

    private final String id;
    private final EventBus bus;
    private final Broker broker;
    private final BrokerHealth health;
    private final BrokerHostOptions options;
    private final Timers timers;
    private final BoundedPublisher publisher;
    private final BrokerHandover handover;
    private Future<Void> connected = Future.failedFuture("not connected");
    private String scope = "";

    BridgeEnds(String id, EventBus bus, Broker broker, BrokerHealth health, BrokerHostOptions options, Timers timers) {
        this.id = id;
        this.bus = bus;
        this.broker = broker;
        this.health = health;
        this.options = options;
        this.timers = timers;
        this.handover = new BrokerHandover(timers);
        this.publisher =
                new BoundedPublisher(broker, health, new Admission(options.maxInFlight(), options.maxInFlightBytes()));
    }

    EventBus bus() {
        return bus;
    }

    Broker broker() {
        return broker;
    }

    BoundedPublisher publisher() {
        return publisher;
    }

    /** Gives what is to be done at the end, for those who do not know of it yet. */
    BrokerHandover handover() {
        return handover;
    }

    /** Connects the broker, if it is not. */
    Future<Void> connected() {
        if (connected.failed()) {
            connected = health.observed(broker.connect());
        }
        return connected;
    }

    /** Tells whether consumers are known to the whole cluster. */
    boolean shared() {
        return options.shared();
    }

    /** Gives the id of the event bus. */
    String scope() {
        return scope;
    }

    /** Takes note of the id of the event bus, before anything begins. */
    void scope(String known) {
        scope = known;
    }

    /** Gives the lease of who does nothing. */
    Lease noLease() {
        return Lease.ended(timers);
    }

    /** Waits until what was taken is published; who was overtaken does not wait. */
    Future<Void> published(Lease lease) {
        return lease.holds() ? within(DRAIN_TIMEOUT, publisher.idle()) : Future.succeededFuture();
    }

    /** Waits for what may never end, but not longer than this. */
    Future<Void> within(Duration limit, Future<Void> ending) {
        Promise<Void> done = timers.promise();
        Timer timer = timers.schedule(limit, done::tryComplete);
        ending.onComplete(end -> {
            timer.cancel();
            done.tryComplete();
        });
        return done.future();
    }

    /** Tells the others of its kind, and those who subscribe, that this BrokerVerticle answers ({@code up}) or ends. */
    void tell(String action, long epoch) {
        JsonObject change = new JsonObject()
                .put(BusProtocol.ACTION, action)
                .put(BusProtocol.VERTICLE, id)
                .put(BusProtocol.EPOCH, epoch);
        bus.publish(
                BusProtocol.changes(options.address()),
                change,
                BusMessages.versioned().setLocalOnly(!options.shared()));
    }
}
