package dev.vertxmicro.verticle.registry;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.AsyncMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who holds which registration, known to all RegistryVerticles that could: in the cluster if they are shared, else in this
 * Vert.x. May be used from any thread.
 */
final class Claims {
    private final String id;
    private final Future<AsyncMap<String, String>> claims;

    Claims(Vertx vertx, boolean shared, String id) {
        this.id = id;
        this.claims = map(vertx, shared, "dev.vertxmicro.registry.claims");
    }

    private static Future<AsyncMap<String, String>> map(Vertx vertx, boolean shared, String name) {
        return shared
                ? vertx.sharedData().getAsyncMap(name)
                : vertx.sharedData().getLocalAsyncMap(name);
    }

    /** Gives the map in which each RegistryVerticle has its lease. */
    static Future<AsyncMap<String, String>> members(Vertx vertx, boolean shared) {
        return map(vertx, shared, "dev.vertxmicro.registry.holders");
    }

    /** Claims a registration that nobody holds; gives who holds it then. */
    Future<String> take(Claim claim) {
        return claims.compose(map -> map.putIfAbsent(claim.key(), claim.text())).compose(before -> {
            String holder = before == null ? id : Claim.parse(before).holder();
            return before != null && holder.equals(id) ? put(claim).map(id) : Future.succeededFuture(holder);
        });
    }

    /** Writes what changed of a registration that this RegistryVerticle holds. */
    Future<Void> put(Claim claim) {
        return claims.compose(map -> map.put(claim.key(), claim.text()));
    }

    /** Takes a registration over from a holder that is gone; false if another was faster. */
    Future<Boolean> seize(Claim held, Claim mine) {
        return claims.compose(map -> map.replaceIfPresent(held.key(), held.text(), mine.text()));
    }

    /** Finds who holds a registration. */
    Future<Optional<Claim>> find(String key) {
        return claims.compose(map -> map.get(key))
                .map(text -> Optional.ofNullable(text).map(Claim::parse));
    }

    /** Forgets a registration that this RegistryVerticle held; one that is another's meanwhile stays. */
    Future<Void> release(String key) {
        return find(key)
                .compose(found -> found.isPresent() && found.get().holder().equals(id)
                        ? remove(found.get())
                        : Future.succeededFuture());
    }

    /** Forgets a registration whoever holds it, unless that has changed. */
    Future<Void> remove(Claim found) {
        return claims.compose(map -> map.removeIfPresent(found.key(), found.text()))
                .mapEmpty();
    }

    /** Lists what a RegistryVerticle holds. */
    Future<List<Claim>> of(String holder) {
        return claims.compose(AsyncMap::entries).map((Map<String, String> entries) -> entries.values().stream()
                .map(Claim::parse)
                .filter(claim -> claim.holder().equals(holder))
                .toList());
    }
}
