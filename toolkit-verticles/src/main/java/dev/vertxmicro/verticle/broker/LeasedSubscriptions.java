package dev.vertxmicro.verticle.broker;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.engine.eventbus.Presence;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.verticle.broker.LeasedSubscription.Wanted;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The subscriptions that are held for others, until those take them back or are gone. Confined to one context. */
final class LeasedSubscriptions {
    private static final System.Logger LOG = System.getLogger(LeasedSubscriptions.class.getName());
    private static final RareWarning DROPPED = RareWarning.of(LOG);

    private record Key(String owner, String id) {}

    private record Held(LeasedSubscription lease, Future<Void> opened) {}

    private final EventBus bus;
    private final Broker broker;
    private final BrokerHealth health;
    private final Duration repeat;
    private final Presence presence;
    private final Map<Key, Held> held = new LinkedHashMap<>();

    LeasedSubscriptions(EventBus bus, Broker broker, BrokerHealth health, Duration repeat, Presence presence) {
        this.bus = bus;
        this.broker = broker;
        this.health = health;
        this.repeat = repeat;
        this.presence = presence;
    }

    /** Subscribes; does nothing if that is done already. */
    Future<Void> subscribe(Wanted wanted) {
        Key key = new Key(wanted.owner(), wanted.id());
        Held before = held.get(key);
        if (before != null && before.lease().wanted().equals(wanted)) {
            return before.opened();
        }
        Future<Void> left = before == null ? Future.succeededFuture() : drop(key);
        LeasedSubscription lease = new LeasedSubscription(bus, repeat, wanted);
        Future<Void> opened = left.compose(done -> health.observed(lease.open(broker)));
        Held made = new Held(lease, opened);
        held.put(key, made);
        opened.onFailure(failure -> held.remove(key, made));
        return opened;
    }

    Future<Void> unsubscribe(String owner, String id) {
        return drop(new Key(owner, id));
    }

    private Future<Void> drop(Key key) {
        Held gone = held.remove(key);
        return gone == null
                ? Future.succeededFuture()
                : gone.opened().transform(opened -> gone.lease().close());
    }

    boolean holds(String owner, String id) {
        return held.containsKey(new Key(owner, id));
    }

    int size() {
        return held.size();
    }

    /** Drops what belongs to those who are gone. */
    Future<Void> round() {
        Set<String> owners = new TreeSet<>();
        held.keySet().forEach(key -> owners.add(key.owner()));
        List<Future<Void>> asked = new ArrayList<>();
        for (String owner : owners) {
            asked.add(presence.gone(owner).compose(gone -> gone ? dropAll(owner) : Future.succeededFuture()));
        }
        return Future.join(asked).mapEmpty();
    }

    private Future<Void> dropAll(String owner) {
        List<Key> keys =
                held.keySet().stream().filter(key -> key.owner().equals(owner)).toList();
        DROPPED.info("broker: " + keys.size() + " subscriptions of " + owner + " dropped, it is gone");
        return dropAll(keys);
    }

    private Future<Void> dropAll(Collection<Key> keys) {
        return Future.join(keys.stream().map(this::drop).toList()).mapEmpty();
    }

    /** Drops all. */
    Future<Void> close() {
        return dropAll(List.copyOf(held.keySet()));
    }
}
