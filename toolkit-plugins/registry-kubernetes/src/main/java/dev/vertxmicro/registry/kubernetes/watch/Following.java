package dev.vertxmicro.registry.kubernetes.watch;

import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import dev.vertxmicro.registry.kubernetes.api.ApiServers;
import dev.vertxmicro.registry.local.Watcher;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Follows the services of a namespace for as long as somebody watches. Confined to one context. */
public final class Following {
    private final Vertx vertx;
    private final Timers timers;
    private final ApiServers servers;
    private final FollowSettings settings;
    private final Executor context;
    private @Nullable FollowedNamespace followed;

    /**
     * Follows nothing yet.
     *
     * @param vertx    has timers and workers
     * @param timers   the clock
     * @param servers  whom to ask
     * @param settings how
     * @param context  of the registry
     */
    public Following(Vertx vertx, Timers timers, ApiServers servers, FollowSettings settings, Executor context) {
        this.vertx = vertx;
        this.timers = timers;
        this.servers = servers;
        this.settings = settings;
        this.context = context;
    }

    /**
     * Watches.
     *
     * @param watcher told of changes when the future has completed
     * @param name    of the service; empty for all
     * @return the watch; fails with 500 if no server can tell
     */
    public Future<Watch> watch(Watcher watcher, Optional<String> name) {
        FollowedNamespace known = followed;
        FollowedNamespace joined = known == null ? new FollowedNamespace(vertx, timers, servers, settings) : known;
        followed = joined;
        return joined.ready()
                .map(ready -> {
                    joined.add(watcher, name);
                    return watcher.watch(() -> context.execute(() -> {
                        joined.remove(watcher);
                        endIfIdle(joined);
                    }));
                })
                .onFailure(failure -> endIfIdle(joined));
    }

    private void endIfIdle(FollowedNamespace idle) {
        if (!idle.isWatched()) {
            idle.stop();
            if (followed == idle) {
                followed = null;
            }
        }
    }

    private Optional<FollowedNamespace> known() {
        return Optional.ofNullable(followed).filter(all -> all.ready().succeeded());
    }

    /**
     * Finds a service without asking.
     *
     * @param name of the service
     * @return what is known of it; empty if nothing is followed
     */
    public Optional<List<ServiceInfo>> find(String name) {
        return known().map(all -> all.get(name));
    }

    /**
     * Names all services without asking.
     *
     * @return the names; empty if nothing is followed
     */
    public Optional<List<String>> names() {
        return known().map(FollowedNamespace::names);
    }

    /** Ends it. */
    public void stop() {
        FollowedNamespace known = followed;
        followed = null;
        if (known != null) {
            known.stop();
        }
    }
}
