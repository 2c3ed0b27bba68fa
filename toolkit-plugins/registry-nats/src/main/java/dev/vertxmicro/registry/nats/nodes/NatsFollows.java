package dev.vertxmicro.registry.nats.nodes;

import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import dev.vertxmicro.registry.local.ServiceTable;
import dev.vertxmicro.registry.local.Watcher;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;

/** What is followed, for as long as somebody watches: each service once, and all once. Confined to one context. */
public final class NatsFollows {
    /** A service of this name does not exist: all are followed. */
    private static final String ALL = "";

    private static final int MOST_SINGLE = 64;

    private final NodeFollowSettings settings;
    private final NatsBackend backend;
    private final Executor context;
    private final Map<String, FollowedNodes> followed = new TreeMap<>();

    /**
     * NatsFollows nothing yet.
     *
     * @param settings how
     * @param backend  tells
     * @param context  of the registry
     */
    public NatsFollows(NodeFollowSettings settings, NatsBackend backend, Executor context) {
        this.settings = settings;
        this.backend = backend;
        this.context = context;
    }

    /**
     * Watches all services.
     *
     * @param watcher told of changes when the future has completed
     * @return the watch; fails with 500 if NATS does not answer
     */
    public Future<Watch> all(Watcher watcher) {
        return join(ALL, watcher);
    }

    /**
     * Watches one service.
     *
     * @param name    of the service
     * @param single  told of its changes when the future has completed
     * @param picking in its place, if so many are followed that it has to be picked from all
     * @return the watch; fails with 500 if NATS does not answer
     */
    public Future<Watch> one(String name, Watcher single, Watcher picking) {
        boolean own = followed.containsKey(name) || followed.size() < MOST_SINGLE;
        return own && !name.isEmpty() ? join(name, single) : join(ALL, picking);
    }

    private Future<Watch> join(String name, Watcher watcher) {
        FollowedNodes joined = followed.get(name);
        if (joined == null) {
            FollowedNodes made =
                    new FollowedNodes(settings, backend, Optional.of(name).filter(each -> !each.equals(ALL)));
            followed.put(name, made);
            joined = made;
        }
        FollowedNodes one = joined;
        return one.ready()
                .map(ready -> {
                    one.watchers().add(watcher);
                    return watcher.watch(() -> context.execute(() -> {
                        one.watchers().remove(watcher);
                        endIfIdle(name, one);
                    }));
                })
                .onFailure(failure -> endIfIdle(name, one));
    }

    private void endIfIdle(String name, FollowedNodes one) {
        if (one.watchers().isEmpty() && followed.remove(name, one)) {
            one.stop();
        }
    }

    /**
     * Finds a service: by what is followed, else by asking.
     *
     * @param name of the service
     * @return what is known of it
     */
    public Future<List<ServiceInfo>> get(String name) {
        return table(name)
                .or(() -> table(ALL))
                .map(known -> Future.succeededFuture(known.get(name)))
                .orElseGet(() -> asked(Optional.of(name)).map(found -> found.get(name)));
    }

    /**
     * Names all services: by what is followed, else by asking.
     *
     * @return their names
     */
    public Future<List<String>> list() {
        return table(ALL).map(known -> Future.succeededFuture(known.names())).orElseGet(() -> asked(Optional.empty())
                .map(ServiceTable::names));
    }

    private Optional<ServiceTable> table(String name) {
        return Optional.ofNullable(followed.get(name))
                .filter(one -> one.ready().succeeded())
                .map(FollowedNodes::table);
    }

    private Future<ServiceTable> asked(Optional<String> name) {
        NatsAnswers answers = new NatsAnswers(settings.timers());
        return backend.ask(name, answers::add).map(done -> answers.table());
    }

    /**
     * The connection is there again: all is asked for.
     *
     * @param brief whether it was away for a moment only, and the server has forgotten nothing
     */
    public void connected(boolean brief) {
        List.copyOf(followed.values()).forEach(brief ? FollowedNodes::resumed : FollowedNodes::interrupted);
    }

    /** Some changes may not have arrived: all is asked for. */
    public void missed() {
        List.copyOf(followed.values()).forEach(FollowedNodes::missed);
    }

    /** Ends all. */
    public void stop() {
        List<FollowedNodes> all = new ArrayList<>(followed.values());
        followed.clear();
        all.forEach(FollowedNodes::stop);
    }
}
