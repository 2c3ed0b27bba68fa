package dev.vertxmicro.registry.local;

import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What a registry follows for those who watch, for those who implement one: one service, or all, each once however many watch it, and
 * for as long as somebody does. Look-ups of what is followed are answered from it. Confined to one context, but each watcher is told on its own.
 */
public final class FollowedServices {
    private final Start start;
    private final Duration grace;
    private final Timers timers;
    private final Executor context;
    private final int mostSingles;
    private final Map<String, Followed> singles = new TreeMap<>();
    private @Nullable Followed all;

    /** One service, or all, that is being followed. */
    public interface Follower {

        /**
         * Tells when the table is complete.
         *
         * @return completes when all that the backend knew at the start is in the table; fails with 500 if it could not tell
         */
        Future<Void> ready();

        /** Ends it. */
        void stop();
    }

    /** Begins to follow. */
    public interface Start {

        /**
         * Begins to follow one service, or all.
         *
         * @param name  of the service; empty for all
         * @param table gets what the backend tells; during an outage it has what was known before
         * @return what follows it
         */
        Follower follow(Optional<String> name, ServiceTable table);
    }

    private static final class Followed {
        private final Set<Watcher> watchers = new LinkedHashSet<>();
        private final ServiceTable table;
        private final Follower follower;
        private boolean stopped;

        private Followed(FollowedServices of, Optional<String> name) {
            table = new ServiceTable(of.grace, of.timers, this::tell);
            follower = of.start.follow(name, table);
        }

        private void tell(RegistryChange change) {
            List.copyOf(watchers).forEach(watcher -> watcher.tell(change));
        }

        /** Ends it for all who watch: what the table lets go later is told to nobody. */
        private void stop() {
            stopped = true;
            watchers.forEach(Watcher::close);
            watchers.clear();
            follower.stop();
        }
    }

    /**
     * Follows nothing yet.
     *
     * @param start       begins to follow
     * @param grace       how long nodes are kept that the backend has forgotten after an outage
     * @param timers      the clock
     * @param context     of the registry
     * @param mostSingles services that are followed by themselves; further ones are picked from all
     */
    public FollowedServices(Start start, Duration grace, Timers timers, Executor context, int mostSingles) {
        this.start = start;
        this.grace = grace;
        this.timers = timers;
        this.context = context;
        this.mostSingles = mostSingles;
    }

    /**
     * Watches all services.
     *
     * @param handler gets the changes after the future has completed
     * @param caller  where
     * @return the watch; fails with 500 if the backend cannot tell
     */
    public Future<Watch> all(Handler<RegistryChange> handler, Executor caller) {
        Followed followed = all == null ? new Followed(this, Optional.empty()) : all;
        all = followed;
        return join(followed, new Watcher(handler, caller));
    }

    /**
     * Watches one service.
     *
     * @param name    of the service
     * @param handler gets the changes after the future has completed
     * @param caller  where
     * @return the watch; fails with 500 if the backend cannot tell
     */
    public Future<Watch> one(String name, Handler<RegistryChange> handler, Executor caller) {
        if (!singles.containsKey(name) && singles.size() >= mostSingles) {
            return all(
                    change -> {
                        if (change.service().name().equals(name)) {
                            handler.handle(change);
                        }
                    },
                    caller);
        }
        Followed followed = singles.computeIfAbsent(name, key -> new Followed(this, Optional.of(key)));
        return join(followed, new Watcher(handler, caller));
    }

    private Future<Watch> join(Followed followed, Watcher watcher) {
        return followed.follower
                .ready()
                .map(ready -> {
                    if (followed.stopped) {
                        watcher.close();
                    } else {
                        followed.watchers.add(watcher);
                    }
                    return watcher.watch(() -> context.execute(() -> {
                        followed.watchers.remove(watcher);
                        endIfIdle(followed);
                    }));
                })
                .onFailure(failure -> endIfIdle(followed));
    }

    private void endIfIdle(Followed followed) {
        if (followed.watchers.isEmpty() && !followed.stopped) {
            followed.stop();
            singles.values().removeIf(each -> each == followed);
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
        Followed single = singles.get(name);
        return Optional.ofNullable(single != null && single.follower.ready().succeeded() ? single : complete())
                .map(followed -> followed.table.get(name));
    }

    /**
     * Names all services without asking.
     *
     * @return the names; empty if not all are followed
     */
    public Optional<List<String>> names() {
        return Optional.ofNullable(complete()).map(followed -> followed.table.names());
    }

    private @Nullable Followed complete() {
        Followed known = all;
        return known != null && known.follower.ready().succeeded() ? known : null;
    }

    /** Ends all. Nobody is told anything after it. */
    public void stop() {
        List<Followed> running = new ArrayList<>(singles.values());
        if (all != null) {
            running.add(all);
        }
        singles.clear();
        all = null;
        running.forEach(Followed::stop);
    }
}
