package dev.vertxmicro.registry.consul.watch;

import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import dev.vertxmicro.registry.consul.agent.ConsulContext;
import dev.vertxmicro.registry.local.Watcher;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What is followed, for as long as somebody watches. Confined to one context. */
public final class Watches {
    private final ConsulContext consul;
    private final WatchSettings settings;
    private final Executor context;
    private final Map<String, ServiceWatch> services = new TreeMap<>();
    private @Nullable CatalogWatch all;

    /**
     * Follows nothing yet.
     *
     * @param consul   of the registry
     * @param settings how
     * @param context  of the registry
     */
    public Watches(ConsulContext consul, WatchSettings settings, Executor context) {
        this.consul = consul;
        this.settings = settings;
        this.context = context;
    }

    /**
     * Watches all services.
     *
     * @param watcher told of changes when the future has completed
     * @return the watch; fails with 500 if no agent can tell
     */
    public Future<Watch> all(Watcher watcher) {
        return join(shared(), watcher);
    }

    private CatalogWatch shared() {
        CatalogWatch known = all;
        if (known != null) {
            return known;
        }
        CatalogWatch made = new CatalogWatch(consul, settings);
        all = made;
        return made;
    }

    /**
     * Tells whether one more service can be watched by itself.
     *
     * @param name of the service
     * @return false if it has to be picked from a watch of all
     */
    public boolean single(String name) {
        return services.containsKey(name) || services.size() < settings.maxWatches();
    }

    /**
     * Watches one service.
     *
     * @param name    of the service
     * @param watcher told of changes when the future has completed
     * @return the watch; fails with 500 if no agent can tell
     */
    public Future<Watch> one(String name, Watcher watcher) {
        return join(services.computeIfAbsent(name, key -> new ServiceWatch(consul, settings, key)), watcher);
    }

    private Future<Watch> join(SharedWatch followed, Watcher watcher) {
        return followed.ready()
                .map(ready -> {
                    followed.watchers.add(watcher);
                    return watcher.watch(() -> context.execute(() -> {
                        followed.watchers.remove(watcher);
                        endIfIdle(followed);
                    }));
                })
                .onFailure(failure -> endIfIdle(followed));
    }

    private void endIfIdle(SharedWatch followed) {
        if (followed.watchers.isEmpty()) {
            followed.stop();
            services.values().removeIf(service -> service == followed);
            if (all == followed) {
                all = null;
            }
        }
    }

    /**
     * Finds a service without asking.
     *
     * @param name of the service
     * @return what is known of it; empty if it is not followed
     */
    public Optional<List<ServiceInfo>> find(String name) {
        ServiceWatch service = services.get(name);
        return Optional.ofNullable(service != null && service.ready().succeeded() ? service : synced())
                .map(followed -> followed.table.get(name));
    }

    /**
     * Names all services without asking.
     *
     * @return the names; empty if not all are followed
     */
    public Optional<List<String>> names() {
        return Optional.ofNullable(synced()).map(followed -> followed.table.names());
    }

    private @Nullable SharedWatch synced() {
        CatalogWatch known = all;
        return known != null && known.ready().succeeded() ? known : null;
    }

    /** Ends all. */
    public void stop() {
        List<SharedWatch> running = new ArrayList<>(services.values());
        if (all != null) {
            running.add(all);
        }
        services.clear();
        all = null;
        running.forEach(SharedWatch::stop);
    }
}
