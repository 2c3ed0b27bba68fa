package dev.vertxmicro.verticle.broker.ownership;

import dev.vertxmicro.engine.eventbus.Presence;
import dev.vertxmicro.error.Catching;
import dev.vertxmicro.time.RareWarnings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.AsyncMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one of several BrokerVerticles must do, and no two: who does it is known to all that could, in the cluster if they are
 * shared, else in this Vert.x. Confined to one context.
 */
public final class ExclusiveTasks {
    private static final System.Logger LOG = System.getLogger(ExclusiveTasks.class.getName());
    private static final RareWarnings TAKEN = RareWarnings.of(LOG);
    private static final String SCOPE = "scope";

    private final String id;
    private final Presence presence;
    private final Function<String, String> addresses;
    private final Future<AsyncMap<String, String>> holders;
    private final Map<String, ExclusiveTask> all = new LinkedHashMap<>();
    private final Set<String> held = new LinkedHashSet<>();
    private Future<Void> last = Future.succeededFuture();
    private @Nullable Future<Void> waiting;
    private boolean closed;

    /** Makes it without tasks; {@code addresses} gives the address of a BrokerVerticle by its id. */
    public ExclusiveTasks(
            Vertx vertx, boolean shared, String id, Presence presence, Function<String, String> addresses) {
        this(map(vertx, shared), id, presence, addresses);
    }

    /** Makes it without tasks, over a map of who does what. */
    public ExclusiveTasks(
            Future<AsyncMap<String, String>> holders,
            String id,
            Presence presence,
            Function<String, String> addresses) {
        this.holders = holders;
        this.id = id;
        this.presence = presence;
        this.addresses = addresses;
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

    /** Names those that are done here. */
    public List<String> held() {
        return List.copyOf(held);
    }

    /** Gives an id that all who share the tasks have in common. */
    public Future<String> scope() {
        String mine = UUID.randomUUID().toString();
        return holders.compose(map -> map.putIfAbsent(SCOPE, mine)).map(there -> there == null ? mine : there);
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
            done = done.compose(before -> closed ? Future.succeededFuture() : look(name));
        }
        return done;
    }

    private Future<Void> look(String name) {
        return holders.compose(map -> map.putIfAbsent(name, id)).compose(holder -> {
            boolean mine = holder == null || holder.equals(id);
            if (mine) {
                return held.contains(name) ? Future.succeededFuture() : begin(name);
            }
            if (held.contains(name)) {
                TAKEN.about(name).warn("broker: " + name + " is done by " + holder + " now");
                held.remove(name);
                return task(name).end();
            }
            return presence.gone(addresses.apply(holder))
                    .compose(gone -> gone && !closed ? seize(name, holder) : Future.succeededFuture());
        });
    }

    private Future<Void> seize(String name, String holder) {
        return holders.compose(map -> map.replaceIfPresent(name, holder, id)).compose(won -> {
            if (!won) {
                return Future.succeededFuture();
            }
            TAKEN.about(name).info("broker: " + name + " taken over from " + holder + ", which is gone");
            return begin(name);
        });
    }

    /** Begins what was taken; what comes after the end is left to others at once. */
    private Future<Void> begin(String name) {
        if (closed) {
            return leave(name);
        }
        held.add(name);
        return Catching.future("duty", task(name)::begin).recover(failure -> {
            held.remove(name);
            return leave(name).transform(left -> Future.failedFuture(failure));
        });
    }

    private ExclusiveTask task(String name) {
        ExclusiveTask task = all.get(name);
        if (task == null) {
            throw new IllegalStateException("task: " + name + " (expected: one of " + all.keySet() + ")");
        }
        return task;
    }

    private Future<Void> leave(String name) {
        return holders.compose(map -> map.removeIfPresent(name, id)).mapEmpty();
    }

    /** Ends what is done here, and leaves it to others, once a round that is under way has ended. */
    public Future<Void> close() {
        closed = true;
        return last.transform(round -> {
            List<Future<Void>> ended = new ArrayList<>();
            for (String name : List.copyOf(held)) {
                held.remove(name);
                ended.add(Catching.future("duty", task(name)::end).eventually(() -> leave(name)));
            }
            return Future.join(ended).mapEmpty();
        });
    }
}
