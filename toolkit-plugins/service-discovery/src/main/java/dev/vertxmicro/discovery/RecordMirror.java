package dev.vertxmicro.discovery;

import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import dev.vertxmicro.registry.local.ServiceFeed;
import dev.vertxmicro.registry.local.ServiceTable;
import dev.vertxmicro.time.Outage;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.servicediscovery.Record;
import io.vertx.servicediscovery.ServiceDiscovery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a record of every node that a registry knows. What another mirror of the same registry type published, perhaps one that
 * died, is taken over instead of published twice, and removed if its node does not show up.
 *
 * <p>What is done about one node is done in order; state is guarded by {@code this}.
 */
final class RecordMirror {
    private static final System.Logger LOG = System.getLogger(RecordMirror.class.getName());
    private static final RareWarning NOT_PUBLISHED = RareWarning.of(LOG);
    private static final RareWarning NOT_MIRRORED = RareWarning.of(LOG);
    /** How soon a registry that was away is asked again. */
    static final Duration RETRY = Duration.ofSeconds(5);
    /** How long records that were found stay without their nodes: as long as a registration holds by default. */
    static final Duration STALE = Duration.ofSeconds(60);

    private final Registry registry;
    private final ServiceDiscovery discovery;
    private final Timers timers;
    private final ServiceFeed feed;
    /** The record of each node as the last operation leaves it. */
    private final Map<NodeKey, Future<Optional<Record>>> records = new HashMap<>();
    /** Records of others, whose nodes have not been seen yet. */
    private final Map<NodeKey, Record> adopted = new HashMap<>();

    private final Outage outage;
    private @Nullable Watch watch;
    private Timer next = () -> {};
    private boolean stopped;

    RecordMirror(Registry registry, ServiceDiscovery discovery, Timers timers) {
        this.registry = registry;
        this.discovery = discovery;
        this.timers = timers;
        outage = Outage.of(timers);
        feed = new ServiceFeed(new ServiceTable(Duration.ZERO, timers, this::changed));
    }

    /** Begins; completes when the records are there. A registry that is away is a warning, and asked again. */
    Future<Void> start() {
        return discovery
                .getRecords(record -> Records.mirrored(record, registry.type()), true)
                .onSuccess(this::adopt)
                .compose(found -> load());
    }

    private synchronized void adopt(List<Record> found) {
        found.forEach(record -> adopted.put(Records.key(record), record));
    }

    private Future<Void> load() {
        feed.asking();
        return watching()
                .compose(begun -> registry.list())
                .compose(this::lookUp)
                .transform(looked -> {
                    feed.asked();
                    return looked.succeeded() ? settled() : again(looked.cause());
                });
    }

    private Future<Void> lookUp(List<String> names) {
        Future<Void> all = Future.succeededFuture();
        for (String name : names) {
            all = all.compose(done -> registry.get(name)).map(versions -> {
                feed.answered(name, versions);
                return null;
            });
        }
        return all;
    }

    private synchronized Future<Void> again(Throwable failure) {
        outage.failed();
        NOT_MIRRORED.warn(
                "registry: services not mirrored, tried again in " + RETRY.toSeconds() + " s: " + failure.getMessage());
        later(RETRY, this::load);
        return Future.succeededFuture();
    }

    private synchronized Future<Watch> watching() {
        return watch != null
                ? Future.succeededFuture(watch)
                : registry.watch(feed::changed).onSuccess(this::watchedBy);
    }

    private synchronized void watchedBy(Watch begun) {
        if (stopped) {
            begun.close();
        } else {
            watch = begun;
        }
    }

    /** Completes when what was found has been published. */
    private synchronized Future<Void> settled() {
        outage.over().ifPresent(after -> NOT_MIRRORED.info("registry: services mirrored, back " + after));
        if (!adopted.isEmpty()) {
            later(STALE, this::dropStale);
        }
        return Future.join(new ArrayList<>(records.values())).mapEmpty();
    }

    private synchronized void later(Duration delay, Runnable task) {
        if (!stopped) {
            next = timers.schedule(delay, task);
        }
    }

    private synchronized void dropStale() {
        adopted.values().forEach(record -> unpublish(Optional.of(record)));
        adopted.clear();
    }

    private synchronized void changed(RegistryChange change) {
        ServiceInfo single = change.service();
        NodeKey key = NodeKey.of(single);
        Future<Optional<Record>> before =
                records.getOrDefault(key, Future.succeededFuture(Optional.ofNullable(adopted.remove(key))));
        if (change.action() == Action.DELETE) {
            Future<Optional<Record>> after = before.compose(this::unpublish);
            records.put(key, after);
            after.onComplete(done -> forget(key, after));
        } else {
            records.put(key, before.compose(known -> publish(known, single)));
        }
    }

    private synchronized void forget(NodeKey key, Future<Optional<Record>> last) {
        records.remove(key, last);
    }

    /** Publishes a node, or what is new about it; never fails. */
    private Future<Optional<Record>> publish(Optional<Record> known, ServiceInfo single) {
        Optional<Record> wanted = Records.of(single, registry.type());
        if (wanted.isEmpty()) {
            return Future.succeededFuture(known);
        }
        Record record = wanted.get();
        Future<Optional<Record>> done;
        if (known.isPresent()) {
            record.setRegistration(known.get().getRegistration())
                    .setStatus(known.get().getStatus());
            done = record.equals(known.get())
                    ? Future.succeededFuture(known)
                    : discovery.update(record).map(Optional::of);
        } else {
            done = isRecordHere(single)
                    .compose(here -> here
                            ? Future.succeededFuture(Optional.empty())
                            : discovery.publish(record).map(Optional::of));
        }
        return done.otherwise(failure -> {
            NOT_PUBLISHED.warn(
                    "service discovery: " + single.nodes().get(0).id() + " not published: " + failure.getMessage());
            return known;
        });
    }

    /** Tells whether the node was made of a record of this very discovery, so that its users see it anyway. */
    private Future<Boolean> isRecordHere(ServiceInfo single) {
        String registration = Records.registration(single);
        return registration.isEmpty()
                ? Future.succeededFuture(false)
                : discovery.getRecord(registration).map(record -> record != null);
    }

    private Future<Optional<Record>> unpublish(Optional<Record> known) {
        return known.map(record -> discovery
                        .unpublish(record.getRegistration())
                        .otherwiseEmpty() // another mirror was first
                        .map(Optional.<Record>empty()))
                .orElse(Future.succeededFuture(Optional.empty()));
    }

    /** Takes all records back. */
    synchronized Future<Void> stop() {
        stopped = true;
        next.cancel();
        if (watch != null) {
            watch.close();
        }
        List<Future<Optional<Record>>> removed = new ArrayList<>();
        records.values().forEach(last -> removed.add(last.compose(this::unpublish)));
        records.clear();
        return Future.join(removed).mapEmpty();
    }
}
