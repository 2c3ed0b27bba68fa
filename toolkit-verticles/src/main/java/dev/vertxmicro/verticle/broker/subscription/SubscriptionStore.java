package dev.vertxmicro.verticle.broker.subscription;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.shareddata.AsyncMap;
import java.util.List;
import java.util.Map;

/**
 * The subscriptions of a broker, known to all BrokerVerticles that could hold them: in the cluster if they are shared, else in
 * this Vert.x. May be used from any thread.
 */
public final class SubscriptionStore {
    private final Future<AsyncMap<String, String>> all;
    private final String broker;

    /** Makes the one of the broker at an address. */
    public SubscriptionStore(Vertx vertx, boolean shared, String broker) {
        String name = "dev.vertxmicro.broker.subscriptions";
        this.all = shared
                ? vertx.sharedData().getAsyncMap(name)
                : vertx.sharedData().getLocalAsyncMap(name);
        this.broker = broker;
    }

    private String key(String owner, String id) {
        return new JsonArray().add(broker).add(owner).add(id).encode();
    }

    /** Takes note of a subscription. */
    Future<Void> put(WantedSubscription wanted) {
        return all.compose(map -> map.put(key(wanted.owner(), wanted.id()), wanted.text()));
    }

    /** Forgets a subscription. */
    Future<Void> remove(String owner, String id) {
        return all.compose(map -> map.remove(key(owner, id))).mapEmpty();
    }

    /** Lists what is known. */
    Future<List<WantedSubscription>> list() {
        return all.compose(AsyncMap::entries).map((Map<String, String> entries) -> entries.entrySet().stream()
                .filter(entry -> new JsonArray(entry.getKey()).getString(0).equals(broker))
                .map(entry -> WantedSubscription.parse(entry.getValue()))
                .toList());
    }
}
