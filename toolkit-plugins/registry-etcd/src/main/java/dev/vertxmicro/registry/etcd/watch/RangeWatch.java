package dev.vertxmicro.registry.etcd.watch;

import com.google.protobuf.ByteString;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.etcd.member.EtcdMembers;
import dev.vertxmicro.registry.etcd.member.WatchStream;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.Event;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.KeyValue;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.WatchCreateRequest;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.WatchResponse;
import dev.vertxmicro.registry.etcd.wire.KeyRange;
import dev.vertxmicro.registry.local.FollowedServices;
import dev.vertxmicro.registry.local.ServiceTable;
import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.Outage;
import dev.vertxmicro.time.RareWarnings;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Follows a range of keys: lists it, and watches from the revision of the list on, so that nothing falls between. When the watch ends,
 * it lists again: what is missing then has gone if etcd still knows how it was before, and is kept for the grace if it has lost its memory.
 * Confined to one context.
 */
public final class RangeWatch implements FollowedServices.Follower {
    private static final RareWarnings LINES = RareWarnings.of(LateLogger.of(RangeWatch.class));
    private static final long FIRST_MILLIS = 100;
    private static final long LONGEST_MILLIS = 5000;
    private static final int DOUBLINGS = 6;

    private final EtcdMembers members;
    private final RangeReader reader;
    private final Timers timers;
    private final KeyRange range;
    private final String what;
    private final Predicate<String> ours;
    private final ServiceTable table;
    private final Outage outage;
    private final Future<Void> ready;
    private Map<ByteString, EtcdEntry> known = new HashMap<>();
    private long revision;
    private int failures;
    private boolean stopped;
    private Timer again = () -> {};
    private @Nullable WatchStream stream;

    /**
     * Begins.
     *
     * @param members of the cluster
     * @param reader  reads lists
     * @param timers  the clock
     * @param range   what is followed
     * @param name    of the service whose range it is; empty for all
     * @param table   gets what etcd tells
     */
    public RangeWatch(
            EtcdMembers members,
            RangeReader reader,
            Timers timers,
            KeyRange range,
            Optional<String> name,
            ServiceTable table) {
        this.members = members;
        this.reader = reader;
        this.timers = timers;
        this.range = range;
        this.table = table;
        what = name.orElse("all services");
        ours = name.<Predicate<String>>map(own -> own::equals).orElse(any -> true);
        outage = Outage.of(timers);
        ready = reader.list(range).map(listing -> {
            listed(listing);
            return null;
        });
    }

    @Override
    public Future<Void> ready() {
        return ready;
    }

    @Override
    public void stop() {
        stopped = true;
        again.cancel();
        if (stream != null) {
            stream.close();
        }
    }

    private void listed(EtcdListing listing) {
        listing.entries().values().removeIf(entry -> !ours.test(entry.single().name()));
        known = listing.entries();
        revision = listing.revision();
        Map<String, List<ServiceInfo>> services = new TreeMap<>();
        table.names().forEach(name -> services.put(name, new ArrayList<>()));
        known.values().forEach(entry -> services.computeIfAbsent(entry.single().name(), name -> new ArrayList<>())
                .add(entry.single()));
        services.forEach(table::seen);
        if (!stopped) {
            watch();
        }
    }

    private void watch() {
        WatchCreateRequest asked = WatchCreateRequest.newBuilder()
                .setKey(range.begin())
                .setRangeEnd(range.end())
                .setStartRevision(revision + 1)
                .setProgressNotify(true)
                .setFragment(true)
                .build();
        stream = members.watch(asked, this::told, failure -> failed(String.valueOf(failure.getMessage())));
    }

    private void told(WatchResponse told) {
        if (told.getCanceled()) {
            cancelled(told);
            return;
        }
        failures = 0;
        outage.over().ifPresent(after -> LINES.about(what).info("etcd: watch of " + what + " goes on, back " + after));
        WatchStream at = stream;
        if (told.getEventsCount() == 0 || at == null) {
            revision = Math.max(revision, told.getHeader().getRevision());
            return;
        }
        at.pause();
        reader.read(told.getSerializedSize(), () -> read(told.getEventsList()))
                .onSuccess(read -> {
                    if (stream == at && !stopped) {
                        read.forEach(this::apply);
                        at.resume();
                    }
                })
                .onFailure(failure -> {
                    at.close();
                    failed(String.valueOf(failure.getMessage()));
                });
    }

    private record Told(KeyValue at, Optional<EtcdEntry> entry) {}

    private List<Told> read(List<Event> events) {
        return events.stream()
                .map(event -> new Told(
                        event.getKv(),
                        event.getType() == Event.EventType.PUT
                                ? reader.entry(event.getKv())
                                        .filter(entry ->
                                                ours.test(entry.single().name()))
                                : Optional.empty()))
                .toList();
    }

    private void apply(Told told) {
        revision = Math.max(revision, told.at().getModRevision());
        ByteString key = told.at().getKey();
        Optional<EtcdEntry> before = Optional.ofNullable(known.remove(key));
        Optional<EtcdEntry> now = told.entry().filter(entry -> {
            boolean room = known.size() < RangeReader.MOST_ENTRIES;
            if (!room) {
                RangeReader.tooMany();
            }
            return room;
        });
        before.filter(old -> now.isEmpty() || !sameNode(old.single(), now.get().single()))
                .ifPresent(old -> table.changed(new RegistryChange(Action.DELETE, old.single())));
        now.ifPresent(entry -> {
            known.put(key, entry);
            table.changed(new RegistryChange(Action.CREATE, entry.single()));
        });
    }

    /** A key may be that of several: slashes of names and ids are not told from what they are written as. */
    private static boolean sameNode(ServiceInfo a, ServiceInfo b) {
        return a.name().equals(b.name())
                && a.version().equals(b.version())
                && a.nodes().get(0).id().equals(b.nodes().get(0).id());
    }

    private void cancelled(WatchResponse told) {
        WatchStream at = stream;
        if (at != null) {
            at.close();
        }
        if (told.getCompactRevision() > 0) {
            // etcd has forgotten the way from there to here, but not what is here.
            LINES.about(what)
                    .info("etcd: watch of " + what + " begins anew, as etcd was compacted up to revision "
                            + told.getCompactRevision());
            relist(listing -> Future.succeededFuture(true));
            return;
        }
        members.forgetToken();
        failed("refused: " + told.getCancelReason());
    }

    private void failed(String why) {
        if (stopped) {
            return;
        }
        long backoff = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures, DOUBLINGS));
        failures++;
        if (outage.failed()) {
            LINES.about(what).warn("etcd: watch of " + what + " interrupted, tried again: " + why);
        }
        long pause = backoff / 2 + ThreadLocalRandom.current().nextLong(backoff);
        again = timers.schedule(Duration.ofMillis(pause), () -> relist(this::remembered));
    }

    private void relist(Function<EtcdListing, Future<Boolean>> remembered) {
        if (stopped) {
            return;
        }
        reader.list(range)
                .compose(listing -> remembered.apply(listing).map(same -> {
                    if (!same) {
                        table.interrupted();
                    }
                    if (!stopped) {
                        listed(listing);
                    }
                    return null;
                }))
                .onFailure(failure -> failed(String.valueOf(failure.getMessage())));
    }

    /** Tells whether the list is of the same memory as what is known: any entry that was there before shows it. */
    private Future<Boolean> remembered(EtcdListing listing) {
        boolean same = known.isEmpty()
                || listing.entries().entrySet().stream().anyMatch(each -> {
                    EtcdEntry before = known.get(each.getKey());
                    return before != null && before.isThatOf(each.getValue());
                });
        return same ? Future.succeededFuture(true) : reader.remembers(range, revision, known);
    }
}
