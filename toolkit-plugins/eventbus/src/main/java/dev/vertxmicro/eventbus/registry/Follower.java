package dev.vertxmicro.eventbus.registry;

import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.ServiceJson;
import dev.vertxmicro.registry.local.ServiceTable;
import dev.vertxmicro.time.Outage;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Follows one RegistryVerticle: asks it for what is watched, takes its changes by their numbers, and asks again when one is
 * missing. When it is gone, what is known stays for the grace and the next one that answers is followed. Confined to the
 * registry's context.
 */
final class Follower {
    private static final System.Logger LOG = System.getLogger(Follower.class.getName());
    private static final RareWarning LOST = RareWarning.of(LOG);
    private static final RareWarning NOT_UNDERSTOOD = RareWarning.of(LOG);
    private static final int SILENT_CHECKS = 3;

    private final RegistryLine line;
    private final Duration check;
    private final Timers timers;
    private final Runnable switched;
    private final ServiceTable table;
    private final PagedSnapshots snapshots;
    private final Outage outage;
    private @Nullable MessageConsumer<JsonObject> consumer;
    private Future<Void> tail = Future.succeededFuture();
    private Timer next = () -> {};
    private String followed = "";
    private String before = "";
    private long sequence;
    private long expected;
    private int silent;
    private boolean started;
    private boolean closed;

    /** Makes a follower of nobody; {@code switched} is run when another RegistryVerticle than before is followed. */
    Follower(
            RegistryLine line,
            EventBusRegistryOptions options,
            Timers timers,
            Handler<RegistryChange> listener,
            Runnable switched) {
        this.line = line;
        this.check = options.check();
        this.timers = timers;
        this.switched = switched;
        this.table = new ServiceTable(options.grace(), timers, listener);
        this.snapshots = new PagedSnapshots(line, table);
        this.outage = Outage.of(timers);
    }

    /** Looks from time to time whether the RegistryVerticle is another than this one, even if nothing is watched. */
    void startFrom(String verticle) {
        before = before.isEmpty() ? verticle : before;
        start();
    }

    private void start() {
        if (!started && !closed) {
            started = true;
            next = timers.schedule(check, this::check);
        }
    }

    /** Follows one service, or all for the empty name; completes when what is there now is known. */
    Future<Void> follow(String name) {
        start();
        return subscribed()
                .compose(ready -> inTurn(() -> {
                    if (snapshots.covers(name)) {
                        return Future.succeededFuture();
                    }
                    return take(name).recover(failure -> {
                        if (followed.isEmpty() || !RegistryLine.nobody(failure)) {
                            return Future.failedFuture(failure);
                        }
                        lost();
                        return take(name);
                    });
                }));
    }

    /** Gives what is known of a service that is followed. */
    Optional<List<ServiceInfo>> known(String name) {
        return snapshots.known(name);
    }

    private Future<Void> take(String name) {
        snapshots.add(name);
        return snapshots.take(name, address(), this::answeredBy).onFailure(failure -> snapshots.remove(name));
    }

    private Future<Void> inTurn(Supplier<Future<Void>> step) {
        Future<Void> now =
                tail.transform(done -> closed ? Future.failedFuture(EventBusRegistry.closedFailure()) : step.get());
        tail = now;
        return now;
    }

    private Future<Void> subscribed() {
        MessageConsumer<JsonObject> there = consumer;
        if (there == null) {
            there = line.bus().consumer(BusProtocol.REGISTRY_CHANGES, this::published);
            consumer = there;
        }
        return there.completion();
    }

    private String address() {
        return followed.isEmpty() ? BusProtocol.REGISTRY : BusProtocol.registry(followed);
    }

    /** Takes note of who answered, and up to which change: the first to answer is followed. */
    private void answeredBy(String verticle, long upTo) {
        if (!followed.isEmpty()) {
            return;
        }
        followed = verticle;
        sequence = upTo;
        expected = upTo;
        silent = 0;
        if (!before.isEmpty() && !before.equals(verticle)) {
            switched.run();
        }
        before = verticle;
        outage.over()
                .ifPresent(after -> LOST.info("registry: RegistryVerticle " + verticle + " answers, back " + after));
    }

    private void published(Message<JsonObject> message) {
        String verticle = message.headers().get(BusProtocol.VERTICLE);
        if (followed.isEmpty() || !followed.equals(verticle)) {
            return;
        }
        try {
            long number = Long.parseLong(message.headers().get(BusProtocol.SEQUENCE));
            if (number > sequence) {
                boolean gap = number > sequence + 1;
                sequence = number;
                snapshots.changed(ServiceJson.readChange(message.body()), number);
                if (gap) {
                    renew();
                }
            }
        } catch (Throwable e) {
            NOT_UNDERSTOOD.warn("registry: change of " + verticle + " not understood: " + e);
        }
    }

    private void renew() {
        inTurn(() -> snapshots.takeAll(address(), this::answeredBy)).onFailure(failure -> {
            if (RegistryLine.nobody(failure)) {
                lost();
            }
        });
    }

    private void check() {
        if (closed) {
            return;
        }
        if (followed.isEmpty()) {
            inTurn(() -> snapshots.takeAll(address(), this::answeredBy)).onComplete(done -> checkAfter(check));
            return;
        }
        line.ask(address(), new JsonObject(), line.asking("ping")).onComplete(answer -> {
            if (answer.succeeded()) {
                compare(answer.result().getLong(BusProtocol.SEQUENCE, 0L));
            } else if (RegistryLine.nobody(answer.cause()) || ++silent >= SILENT_CHECKS) {
                lost();
            }
            checkAfter(followed.isEmpty() ? Duration.ZERO : check);
        });
    }

    private void checkAfter(Duration delay) {
        if (!closed) {
            next = timers.schedule(delay, this::check);
        }
    }

    /** What should have come by the check before and did not is lost. */
    private void compare(long position) {
        silent = 0;
        if (sequence < expected) {
            sequence = expected;
            renew();
        }
        expected = position;
    }

    private void lost() {
        if (followed.isEmpty()) {
            return;
        }
        outage.failed();
        LOST.warn("registry: RegistryVerticle " + followed + " is gone, last known nodes kept, trying again");
        followed = "";
        snapshots.renumber();
        table.interrupted();
    }

    void close() {
        closed = true;
        next.cancel();
        MessageConsumer<JsonObject> there = consumer;
        if (there != null && there.isRegistered()) {
            there.unregister().onFailure(failure -> LOG.log(System.Logger.Level.DEBUG, "not unregistered", failure));
        }
    }
}
