package dev.vertxmicro.verticle.broker.subscription;

import dev.vertxmicro.engine.eventbus.Presence;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.verticle.ownership.Lease;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The subscriptions that are held for others, until those take them back or are gone. Confined to one context. */
public final class LeasedSubscriptions {
    private static final System.Logger LOG = System.getLogger(LeasedSubscriptions.class.getName());
    private static final RareWarning DROPPED = RareWarning.of(LOG);
    private static final RareWarning NOT_RESTORED = RareWarning.of(LOG);

    private record Key(String owner, String id) {
        static Key of(WantedSubscription wanted) {
            return new Key(wanted.owner(), wanted.id());
        }
    }

    private record Held(LeasedSubscription lease, Future<Void> opened) {}

    private final EventBus bus;
    private final Subscribing broker;
    private final Duration repeat;
    private final Presence presence;
    private final SubscriptionStore store;
    private Lease duty;
    private final Map<Key, Held> held = new LinkedHashMap<>();
    /** What another has held, and its owner has not confirmed: he may have taken it back while nobody was there. */
    private final Set<Key> restored = new HashSet<>();

    /**
     * Holds nothing yet.
     *
     * @param bus      where the owners are
     * @param broker   where to subscribe
     * @param repeat   how long an owner may be silent before it is asked again
     * @param presence tells whether owners are there
     * @param store    notes what is held
     * @param none     the lease of who does nothing
     */
    public LeasedSubscriptions(
            EventBus bus, Subscribing broker, Duration repeat, Presence presence, SubscriptionStore store, Lease none) {
        this.bus = bus;
        this.broker = broker;
        this.repeat = repeat;
        this.presence = presence;
        this.store = store;
        this.duty = none;
    }

    /**
     * Subscribes; does nothing if that is done already.
     *
     * @param wanted what to receive
     * @return completes when that is in force, and noted
     */
    public Future<Void> subscribe(WantedSubscription wanted) {
        restored.remove(Key.of(wanted));
        return hold(wanted, () -> store.put(wanted));
    }

    private interface Note {
        Future<Void> write();
    }

    private Future<Void> hold(WantedSubscription wanted, Note note) {
        Key key = Key.of(wanted);
        Held before = held.get(key);
        if (before != null && before.lease().wanted().equals(wanted)) {
            return before.opened();
        }
        Future<Void> left = before == null ? Future.succeededFuture() : drop(key);
        LeasedSubscription lease = new LeasedSubscription(bus, repeat, wanted, duty);
        Future<Void> opened = left.compose(done -> lease.open(broker)).compose(open -> note.write()
                .recover(failure -> lease.close().transform(closed -> Future.failedFuture(failure))));
        Held made = new Held(lease, opened);
        held.put(key, made);
        opened.onFailure(failure -> held.remove(key, made));
        return opened;
    }

    /**
     * Begins with what is noted; one that the broker refuses is left out.
     *
     * @param begun tells whether it may still be done
     * @return completes when all of it is in force; fails if it is not known what is noted
     */
    public Future<Void> restore(Lease begun) {
        duty = begun;
        return store.list().compose(known -> {
            List<Future<Void>> all = new ArrayList<>();
            for (WantedSubscription wanted : known) {
                Key key = Key.of(wanted);
                if (!held.containsKey(key)) {
                    restored.add(key);
                    all.add(hold(wanted, Future::succeededFuture).onFailure(failure -> {
                        restored.remove(key);
                        NOT_RESTORED.warn("broker: " + wanted.topic() + " of " + wanted.owner()
                                + " not subscribed again: " + failure.getMessage());
                    }));
                }
            }
            return Future.join(all).transform(done -> Future.succeededFuture());
        });
    }

    /**
     * Takes a subscription back.
     *
     * @param owner whose it is
     * @param id    which one
     * @return completes when that is done
     */
    public Future<Void> unsubscribe(String owner, String id) {
        return forget(new Key(owner, id));
    }

    /**
     * Hears from an owner what it has subscribed. Of what another BrokerVerticle has held, the rest is dropped.
     *
     * @param owner who says so
     * @param ids   of all its subscriptions
     * @return those that are not held
     */
    public List<String> renew(String owner, Collection<String> ids) {
        List<Key> stale = restored.stream()
                .filter(key -> key.owner().equals(owner) && !ids.contains(key.id()))
                .toList();
        stale.forEach(key -> forget(key).onFailure(LeasedSubscriptions::notForgotten));
        restored.removeIf(key -> key.owner().equals(owner));
        return ids.stream().filter(id -> !held.containsKey(new Key(owner, id))).toList();
    }

    private static void notForgotten(Throwable failure) {
        NOT_RESTORED.warn("broker: a subscription that is no longer wanted stays: " + failure.getMessage());
    }

    private Future<Void> forget(Key key) {
        return drop(key).eventually(() -> store.remove(key.owner(), key.id()));
    }

    private Future<Void> drop(Key key) {
        restored.remove(key);
        Held gone = held.remove(key);
        return gone == null
                ? Future.succeededFuture()
                : gone.opened().transform(opened -> gone.lease().close());
    }

    /** Counts what is held. */
    public int size() {
        return held.size();
    }

    /** Drops what belongs to those who are gone. */
    public Future<Void> round() {
        Set<String> owners = new TreeSet<>();
        held.keySet().forEach(key -> owners.add(key.owner()));
        List<Future<Void>> asked = new ArrayList<>();
        for (String owner : owners) {
            asked.add(presence.gone(owner)
                    .compose(gone -> gone && duty.holds() ? dropAll(owner) : Future.succeededFuture()));
        }
        return Future.join(asked).mapEmpty();
    }

    private Future<Void> dropAll(String owner) {
        List<Key> keys =
                held.keySet().stream().filter(key -> key.owner().equals(owner)).toList();
        DROPPED.info("broker: " + keys.size() + " subscriptions of " + owner + " dropped, it is gone");
        return Future.join(keys.stream().map(this::forget).toList()).mapEmpty();
    }

    /**
     * Waits for the owners' replies to what they were sent.
     *
     * @return completes when nothing is on its way
     */
    public Future<Void> drain() {
        return Future.join(held.values().stream()
                        .map(each -> each.lease().drained())
                        .toList())
                .mapEmpty();
    }

    /**
     * Ends all; they stay noted for whoever holds them next.
     *
     * @return completes when that is done
     */
    public Future<Void> close() {
        return Future.join(List.copyOf(held.keySet()).stream().map(this::drop).toList())
                .mapEmpty();
    }
}
