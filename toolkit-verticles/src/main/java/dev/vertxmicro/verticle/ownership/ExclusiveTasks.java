package dev.vertxmicro.verticle.ownership;

import dev.vertxmicro.engine.eventbus.Presence;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.RareWarnings;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.AsyncMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one of several BrokerVerticles must do, and no two: who does it is known to all that could, in the cluster if they are
 * shared, else in this Vert.x. Whoever does it renews a lease; who gives no sign of life for longer than that is overtaken, and who
 * was, ends. Confined to one context.
 */
public final class ExclusiveTasks {
    private static final System.Logger LOG = System.getLogger(ExclusiveTasks.class.getName());
    private static final RareWarnings TAKEN = RareWarnings.of(LOG);
    private static final RareWarning NOT_RENEWED = RareWarning.of(LOG);
    private static final RareWarning ASLEEP = RareWarning.of(LOG);
    private static final String SCOPE = "scope";

    private final String id;
    private final Timers timers;
    private final LeaseTerms terms;
    private final Awake awake;
    private final DutyWatch watch;
    private final Future<AsyncMap<String, String>> holders;
    private final Map<String, ExclusiveTask> all = new LinkedHashMap<>();
    private final Map<String, HeldDuty> held = new LinkedHashMap<>();
    private final Map<String, Future<Void>> ending = new HashMap<>();
    private Future<Void> last = Future.succeededFuture();
    private @Nullable Future<Void> waiting;
    private boolean closed;

    /** Makes it without tasks; {@code addresses} gives the address of a BrokerVerticle by its id. */
    public ExclusiveTasks(
            Vertx vertx,
            boolean shared,
            String id,
            LeaseTerms terms,
            Presence presence,
            Timers timers,
            Function<String, String> addresses) {
        this(map(vertx, shared), id, terms, presence, timers, addresses);
    }

    /** Makes it without tasks, over a map of who does what. */
    public ExclusiveTasks(
            Future<AsyncMap<String, String>> holders,
            String id,
            LeaseTerms terms,
            Presence presence,
            Timers timers,
            Function<String, String> addresses) {
        this.holders = holders;
        this.id = id;
        this.terms = terms;
        this.timers = timers;
        this.watch = new DutyWatch(terms, presence, timers, addresses);
        this.awake = new Awake(timers, terms);
    }

    private static Future<AsyncMap<String, String>> map(Vertx vertx, boolean shared) {
        String name = "dev.vertxmicro.broker.duties";
        return shared
                ? vertx.sharedData().getAsyncMap(name)
                : vertx.sharedData().getLocalAsyncMap(name);
    }

    /**
     * Adds a task, before the first round.
     *
     * @param name by which all know it
     * @param task begun when it is taken
     */
    public void add(String name, ExclusiveTask task) {
        all.put(name, task);
    }

    /** Names those that are done here, by a lease that is in force. */
    public List<String> held() {
        return held.entrySet().stream()
                .filter(entry -> entry.getValue().lease().holds())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Gives an id that all who share the tasks have in common. */
    public Future<String> scope() {
        String mine = UUID.randomUUID().toString();
        return holders.compose(map -> map.putIfAbsent(SCOPE, mine)).map(there -> there == null ? mine : there);
    }

    /**
     * Gives a sign of life for each task that is done here, and ends those that are another's meanwhile. Called every pulse, for
     * who was not running in between takes nothing for some time.
     */
    public void renew() {
        Duration slept = awake.pulse();
        if (!slept.isZero() && !held.isEmpty()) {
            ASLEEP.warn("broker: was not running for " + slept.toMillis() + " ms, " + held.keySet()
                    + " may be done by another");
        }
        for (Map.Entry<String, HeldDuty> entry : List.copyOf(held.entrySet())) {
            if (!entry.getValue().isRenewing()) {
                renew(entry.getKey(), entry.getValue());
            }
        }
    }

    private void renew(String name, HeldDuty duty) {
        long start = timers.nanoTime();
        boolean recovering = awake.isRecovering();
        holders.compose(duty::renew).onComplete(done -> {
            if (done.failed()) {
                NOT_RENEWED.warn(
                        "broker: " + name + " not renewed: " + done.cause().getMessage());
            } else if (!done.result()) {
                overtaken(name, duty);
            } else if (!recovering) {
                duty.lease().renew(start);
            }
        });
    }

    private void overtaken(String name, HeldDuty duty) {
        if (held.remove(name, duty)) {
            TAKEN.about(name).warn("broker: " + name + " is done by another now");
            duty.lease().end();
            ending.put(name, duty.end());
        }
    }

    /**
     * Takes what nobody does, or whose holder is gone; leaves what another has taken. Fails with the first that cannot begin.
     * Rounds follow each other, and one that waits for its turn is for all who ask meanwhile.
     */
    public Future<Void> round() {
        Future<Void> known = waiting;
        if (known != null) {
            return known;
        }
        if (last.isComplete()) {
            last = look();
        } else {
            last = last.transform(before -> {
                waiting = null;
                return look();
            });
            waiting = last;
        }
        return last;
    }

    private Future<Void> look() {
        Future<Void> done = Future.succeededFuture();
        for (String name : List.copyOf(all.keySet())) {
            done = done.compose(before -> closed || held.containsKey(name) ? Future.succeededFuture() : look(name));
        }
        return done;
    }

    private Future<Void> look(String name) {
        if (awake.isRecovering()) {
            return Future.succeededFuture();
        }
        long start = timers.nanoTime();
        DutyEntry first = new DutyEntry(1, 0, id);
        return holders.compose(map -> map.putIfAbsent(name, first.text())).compose(there -> {
            if (there == null) {
                return begin(name, first, start);
            }
            DutyEntry entry = DutyEntry.parse(there);
            if (entry.isFree() || entry.holder().equals(id)) {
                return seize(name, entry, "");
            }
            return watch.look(name, entry, why -> closed ? Future.succeededFuture() : seize(name, entry, why));
        });
    }

    private Future<Void> seize(String name, DutyEntry before, String why) {
        long start = timers.nanoTime();
        DutyEntry mine = before.takenBy(id);
        return holders.compose(map -> map.replaceIfPresent(name, before.text(), mine.text()))
                .compose(won -> {
                    if (!won) {
                        return Future.succeededFuture();
                    }
                    if (!why.isEmpty()) {
                        TAKEN.about(name)
                                .info("broker: " + name + " taken over from " + before.holder() + ", which " + why);
                    }
                    return begin(name, mine, start);
                });
    }

    /** Begins what was taken; what comes after the end is left to others at once. */
    private Future<Void> begin(String name, DutyEntry entry, long start) {
        Lease lease = new Lease(timers, terms.length(), entry.epoch(), start);
        HeldDuty duty = new HeldDuty(name, task(name), lease, entry);
        if (closed) {
            return holders.compose(duty::leave);
        }
        held.put(name, duty);
        Future<Void> before = ending.getOrDefault(name, Future.succeededFuture());
        return before.transform(ended -> duty.begin()).recover(failure -> {
            held.remove(name, duty);
            return holders.compose(duty::leave).transform(left -> Future.failedFuture(failure));
        });
    }

    private ExclusiveTask task(String name) {
        ExclusiveTask task = all.get(name);
        if (task == null) {
            throw new IllegalStateException("task: " + name + " (expected: one of " + all.keySet() + ")");
        }
        return task;
    }

    /** Ends what is done here, and leaves it to others, once a round that is under way has ended. It is renewed until then. */
    public Future<Void> close() {
        closed = true;
        return last.transform(round -> {
            List<Future<Void>> ended = new ArrayList<>(ending.values());
            for (Map.Entry<String, HeldDuty> entry : List.copyOf(held.entrySet())) {
                HeldDuty duty = entry.getValue();
                ended.add(duty.end().eventually(() -> {
                    held.remove(entry.getKey(), duty);
                    return holders.compose(duty::leave);
                }));
            }
            return Future.join(ended).mapEmpty();
        });
    }
}
