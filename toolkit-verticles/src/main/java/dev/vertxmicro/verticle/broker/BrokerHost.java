package dev.vertxmicro.verticle.broker;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.descriptor.BridgeOptions;
import dev.vertxmicro.descriptor.BridgeOptions.ToBroker;
import dev.vertxmicro.descriptor.BridgeOptions.ToBus;
import dev.vertxmicro.engine.ProcessNotes;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.engine.eventbus.Presence;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.time.OutageLines;
import dev.vertxmicro.time.Startup;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.verticle.broker.subscription.LeasedSubscriptions;
import dev.vertxmicro.verticle.broker.subscription.SubscriptionStore;
import dev.vertxmicro.verticle.ownership.ExclusiveTask;
import dev.vertxmicro.verticle.ownership.ExclusiveTasks;
import dev.vertxmicro.verticle.ownership.LeaseTerms;
import dev.vertxmicro.verticle.ownership.TaskSequence;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Opens a broker to the event bus: publishes and subscribes for others, and bridges topics and addresses. Of several that could
 * do the same, one does it, and another when that is gone; who has nothing to do stands by, not connected.
 *
 * <p>Confined to the context that it was made on.
 */
public final class BrokerHost {
    static final String ID = "go.micro.broker";
    private static final String DOWN = "down";
    private static final String UP = "up";
    private static final Duration LEAVE_TIMEOUT = Duration.ofSeconds(10);

    private static final System.Logger LOG = System.getLogger(BrokerHost.class.getName());

    private final String id = UUID.randomUUID().toString();
    private final BridgeEnds ends;
    private final Broker broker;
    private final List<BridgeOptions> bridges;
    private final BrokerHostOptions options;
    private final Timers timers;
    private final OutageLines outage;
    private final BrokerHealth health;
    private final LeasedSubscriptions leases;
    private final LeaseTerms terms;
    private final ExclusiveTasks tasks;
    private final ProcessNotes notes;
    private final List<MessageConsumer<Object>> consumers = new ArrayList<>();
    private Timer next = () -> {};
    private Timer pulse = () -> {};
    private boolean started;
    private final Startup startup = new Startup(ID);
    private @Nullable Future<Void> stopped;
    private boolean closed;

    private BrokerHost(
            Vertx vertx,
            Broker broker,
            List<BridgeOptions> bridges,
            BrokerHostOptions options,
            Consumer<Boolean> listener) {
        EventBus bus = vertx.eventBus();
        this.broker = broker;
        this.notes = ProcessNotes.of(vertx);
        this.bridges = List.copyOf(bridges);
        this.options = options;
        this.timers = VertxTimers.of(vertx);
        this.outage = new OutageLines(LOG, timers);
        health = new BrokerHealth(InstantSource.system(), listener);
        ends = new BridgeEnds(id, bus, broker, health, options, timers);
        Presence presence = new Presence(bus, options.check(), timers);
        leases = new LeasedSubscriptions(
                bus,
                (topic, handler, wanted) -> health.observed(broker.subscribe(topic, handler, wanted)),
                options.repeat(),
                presence,
                new SubscriptionStore(vertx, options.shared(), options.address()),
                ends.noLease());
        terms = LeaseTerms.of(options.check(), options.shared());
        tasks = new ExclusiveTasks(vertx, options.shared(), id, terms, presence, timers, this::address);
    }

    /**
     * Makes a host that is not open yet. Called on the context that all of it shall run on.
     *
     * @param vertx    whose event bus it is
     * @param broker   the broker, not connected; closed by {@link #stop}
     * @param bridges  what is bridged
     * @param options  settings
     * @param listener is told when the broker begins (true) or ceases (false) to work; it is taken as working until it fails
     * @return the host
     */
    public static BrokerHost create(
            Vertx vertx,
            Broker broker,
            List<BridgeOptions> bridges,
            BrokerHostOptions options,
            Consumer<Boolean> listener) {
        return new BrokerHost(vertx, broker, bridges, options, listener);
    }

    /** Refuses what may be another's to do: whoever asks may ask again, at once. */
    static MicroException notTaken() {
        return MicroException.unavailable(ID, BusProtocol.NOT_TAKEN + "another BrokerVerticle may do it now")
                .asNotTaken();
    }

    private String address(String verticle) {
        return options.address() + "/" + verticle;
    }

    /**
     * Begins with what nobody else does yet.
     *
     * @return completes when that is in force; fails with a {@link dev.vertxmicro.config.ConfigException} for a bridge that the
     *     broker cannot do, else with what the broker fails with
     */
    public Future<Void> start() {
        return startup.step(this::listen)
                .compose(listening -> startup.step(tasks::scope))
                .compose(common -> {
                    ends.scope(common);
                    pulse = timers.schedule(terms.pulse(), this::pulse);
                    return startup.step(tasks::round);
                })
                .onSuccess(begun -> {
                    started = true;
                    next = timers.schedule(options.check(), this::round);
                })
                .recover(failure -> stop().transform(stopped -> Future.failedFuture(failure)));
    }

    private Future<Void> listen() {
        BridgeRules.check(broker, bridges);
        plan();
        consumers.add(BusMessages.consume(
                ends.bus(), address(id), options.shared(), message -> Future.succeededFuture(health())));
        consumers.add(BusMessages.consume(
                ends.bus(), BusProtocol.changes(options.address()), options.shared(), this::changed));
        return Future.all(consumers.stream().map(MessageConsumer::completion).toList())
                .mapEmpty();
    }

    /** What receives comes before what publishes, so that nothing is published that nobody receives yet. */
    private void plan() {
        List<ExclusiveTask> receiving = new ArrayList<>();
        List<ExclusiveTask> publishing = new ArrayList<>();
        boolean alone = BridgeRules.staysInProcess(broker);
        for (BridgeOptions bridge : bridges) {
            ExclusiveTask task = task(bridge);
            if (alone) {
                (bridge instanceof ToBus ? receiving : publishing).add(task);
            } else {
                tasks.add(BridgeRules.backend(broker) + ": " + bridge.name(), task);
            }
        }
        receiving.add(new BrokerRequestConsumer(id, ends, options.address(), leases, this::health));
        DedupeWindow window = new DedupeWindow(timers, options.dedupeWindow(), options.dedupeEntries());
        publishing.add(new PublishConsumer(id, ends, window, options.address(), this::health));
        receiving.addAll(publishing);
        tasks.add(options.address(), new TaskSequence(receiving));
    }

    private ExclusiveTask task(BridgeOptions bridge) {
        if (bridge instanceof ToBus toBus) {
            return new TopicToAddressBridge(ends, toBus);
        }
        return new AddressToTopicBridge(ends, (ToBroker) bridge);
    }

    /** What another has left can be taken over at once; who begins may have overtaken this one. */
    private Future<Void> changed(Message<Object> message) {
        if (message.body() instanceof JsonObject change && !id.equals(change.getString(BusProtocol.VERTICLE))) {
            tasks.renew();
            if (UP.equals(change.getString(BusProtocol.ACTION))) {
                ends.handover().succeeded();
            }
            if (DOWN.equals(change.getString(BusProtocol.ACTION)) && !closed) {
                tasks.round().onFailure(this::lost);
            }
        }
        return Future.succeededFuture();
    }

    /** Renews what is done here, also while it ends, and looks for what nobody does. */
    private void pulse() {
        tasks.renew();
        noted(tasks.held());
        if (started && !closed) {
            tasks.round().onComplete(done -> outage.back("broker: " + options.address()), this::lost);
        }
        pulse = timers.schedule(terms.pulse(), this::pulse);
    }

    private void noted(List<String> held) {
        notes.say(
                ProcessNotes.Subject.DUTIES,
                id,
                held.stream().map(name -> "broker " + name).toList());
    }

    private void round() {
        leases.round().onComplete(done -> {
            if (!closed) {
                next = timers.schedule(options.check(), this::round);
            }
        });
    }

    private void lost(Throwable failure) {
        outage.lost("broker: not taken over, trying again: " + failure.getMessage());
    }

    /**
     * Tells how the last request to the broker ended, and what is done here.
     *
     * @return {@code {"type":…,"address":…,"status":"UP"|"DOWN","since":…,"error":…,"published":…,"failed":…,
     *     "subscriptions":…,"duties":[…]}}
     */
    public JsonObject health() {
        return new JsonObject()
                .put("type", broker.type())
                .put("address", broker.address())
                .put(BusProtocol.VERTICLE, id)
                .mergeIn(health.json())
                .put("subscriptions", leases.size())
                .put("duties", new JsonArray(tasks.held()));
    }

    /**
     * Ends everything; another takes over what was done here.
     *
     * @return completes when the broker is closed, and of a start that runs nothing is left; stopping twice is fine
     */
    public Future<Void> stop() {
        Future<Void> known = stopped;
        if (known == null) {
            closed = true;
            next.cancel();
            ends.handover().begin();
            Future<Void> ended = startup.stop().compose(idle -> tasks.close());
            known = ends.within(LEAVE_TIMEOUT, ended)
                    .onComplete(left -> {
                        pulse.cancel();
                        noted(List.of());
                        ends.tell(DOWN, 0);
                    })
                    .eventually(ends.handover()::end)
                    .eventually(this::unlisten)
                    .eventually(broker::close);
            stopped = known;
        }
        return known;
    }

    private Future<?> unlisten() {
        List<MessageConsumer<Object>> open = List.copyOf(consumers);
        consumers.clear();
        return Future.join(open.stream().map(MessageConsumer::unregister).toList());
    }
}
