package dev.vertxmicro.discovery;

import dev.vertxmicro.registry.Heartbeat;
import dev.vertxmicro.registry.Registrar;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.time.Outage;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.servicediscovery.Record;
import io.vertx.servicediscovery.ServiceDiscovery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Registers the HTTP endpoints that others published, and keeps them registered while their records are there. An announcement
 * says only that something changed, so the records are read again then, and once an interval; several announcements share one
 * reading. State is guarded by {@code this}.
 */
final class RecordSource {
    private static final System.Logger LOG = System.getLogger(RecordSource.class.getName());
    private static final RareWarning NOT_REGISTERED = RareWarning.of(LOG);
    private static final RareWarning NOT_READ = RareWarning.of(LOG);

    private record Entry(ServiceInfo service, Heartbeat heartbeat) {}

    private final Registrar registrar;
    private final ServiceDiscovery discovery;
    private final Duration ttl;
    private final Duration interval;
    private final Timers timers;
    private final Map<String, Entry> entries = new HashMap<>();
    private final Outage outage;
    private @Nullable MessageConsumer<Object> announcements;
    private Timer next = () -> {};
    private boolean reading;
    private boolean again;
    private boolean stopped;

    RecordSource(Registrar registrar, ServiceDiscovery discovery, Duration ttl, Duration interval, Timers timers) {
        this.registrar = registrar;
        this.discovery = discovery;
        this.ttl = ttl;
        this.interval = interval;
        this.timers = timers;
        this.outage = Outage.of(timers);
    }

    /** Begins; completes when what is there has been registered, or once warned that it was not. */
    Future<Void> start(Vertx vertx) {
        MessageConsumer<Object> consumer =
                vertx.eventBus().consumer(discovery.options().getAnnounceAddress(), announced -> read());
        announcements = consumer;
        return consumer.completion().compose(listening -> read());
    }

    /** Reads the records, unless that is under way: then once more afterwards. */
    synchronized Future<Void> read() {
        if (stopped || reading) {
            again = true;
            return Future.succeededFuture();
        }
        reading = true;
        again = false;
        next.cancel();
        return discovery.getRecords(Records::foreign).compose(this::compare).transform(result -> {
            tell(result.cause());
            return done();
        });
    }

    private synchronized void tell(@Nullable Throwable failure) {
        if (failure == null) {
            outage.over().ifPresent(after -> NOT_READ.info("service discovery: records read, back " + after));
        } else {
            outage.failed();
            NOT_READ.warn("service discovery: records not read, tried again in " + interval.toSeconds() + " s: "
                    + failure.getMessage());
        }
    }

    private synchronized Future<Void> done() {
        reading = false;
        if (again) {
            return read();
        }
        if (!stopped) {
            next = timers.schedule(interval, this::read);
        }
        return Future.succeededFuture();
    }

    private synchronized Future<Void> compare(List<Record> found) {
        if (stopped) {
            return Future.succeededFuture();
        }
        Map<String, ServiceInfo> wanted = new HashMap<>();
        found.forEach(record -> wanted.put(record.getRegistration(), Records.service(record)));
        List<Future<Void>> changes = new ArrayList<>();
        Map.copyOf(entries).forEach((registration, entry) -> {
            if (!wanted.containsKey(registration)) {
                entries.remove(registration);
                changes.add(entry.heartbeat().stop());
            }
        });
        wanted.forEach((registration, service) -> {
            Entry before = entries.get(registration);
            if (before == null || !before.service().equals(service)) {
                changes.add(replace(registration, before, service));
            }
        });
        return Future.join(changes).mapEmpty();
    }

    private Future<Void> replace(String registration, @Nullable Entry before, ServiceInfo service) {
        Heartbeat heartbeat = new Heartbeat(registrar, service, ttl, interval, timers);
        entries.put(registration, new Entry(service, heartbeat));
        Future<Void> left = Future.succeededFuture();
        if (before != null && sameNode(before.service(), service)) {
            before.heartbeat().cancel();
        } else if (before != null) {
            left = before.heartbeat().stop();
        }
        return left.compose(gone -> heartbeat.start())
                .onFailure(refused -> NOT_REGISTERED.warn(
                        "service discovery: " + service.name() + " not registered: " + refused.getMessage()))
                .otherwiseEmpty();
    }

    private static boolean sameNode(ServiceInfo before, ServiceInfo now) {
        return before.name().equals(now.name()) && before.version().equals(now.version());
    }

    /** Deregisters all. */
    synchronized Future<Void> stop() {
        stopped = true;
        next.cancel();
        List<Future<Void>> left = new ArrayList<>();
        if (announcements != null) {
            left.add(announcements.unregister());
        }
        entries.values().forEach(entry -> left.add(entry.heartbeat().stop()));
        entries.clear();
        return Future.join(left).mapEmpty();
    }
}
