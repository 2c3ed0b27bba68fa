package dev.vertxmicro.registry.nats.bucket;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.nats.link.NatsLink;
import dev.vertxmicro.registry.nats.link.NatsTraffic;
import dev.vertxmicro.registry.nats.link.RoundTrips;
import dev.vertxmicro.registry.nats.nodes.NatsBackend;
import dev.vertxmicro.registry.nats.nodes.OwnNodes;
import dev.vertxmicro.registry.nats.nodes.ToldNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Keeps nodes in a key-value bucket, which it makes where there is none. Entries say how long they hold; the bucket forgets them some time
 * after that. Confined to one context.
 */
public final class Bucket implements NatsBackend {
    private static final int PARTS_OF_TTL = 3;
    private static final int MOST_READS = 1000;

    private final Vertx vertx;
    private final NatsLink link;
    private final NatsTraffic traffic;
    private final RoundTrips trips;
    private final BucketSettings settings;
    private final BucketApi api;
    private final OwnNodes own;
    private final Set<LiveEntries> live = new LinkedHashSet<>();
    private long number;
    private int reads;
    private boolean made;
    private long refresh = -1;

    /**
     * Keeps nothing yet.
     *
     * @param vertx    has the timers
     * @param link     has the connection
     * @param trips    of it
     * @param settings of the bucket
     * @param own      nodes of this process
     */
    public Bucket(Vertx vertx, NatsLink link, RoundTrips trips, BucketSettings settings, OwnNodes own) {
        this.vertx = vertx;
        this.link = link;
        this.traffic = link.traffic();
        this.trips = trips;
        this.settings = settings;
        this.api = new BucketApi(traffic, settings);
        this.own = own;
    }

    /** Does something in the bucket, which may have to be made first, or anew after its server forgot it. */
    private <T> Future<T> inBucket(Supplier<Future<T>> action) {
        return link.connected()
                .compose(connected -> made())
                .compose(there -> action.get())
                .recover(failure -> {
                    if (failure instanceof MicroException error && error.code() == 503) {
                        made = false;
                        return made().compose(there -> action.get());
                    }
                    return Future.failedFuture(failure);
                });
    }

    private Future<Void> made() {
        return made ? Future.succeededFuture() : api.create().onSuccess(there -> made = true);
    }

    private String filter(Optional<String> name) {
        return settings.prefix()
                + name.map(BucketKey::service).map(service -> service + ".>").orElse(">");
    }

    private String deliver() {
        return traffic.inbox("entries." + ++number);
    }

    @Override
    public Future<Void> ask(Optional<String> name, Consumer<ToldNode> each) {
        if (reads >= MOST_READS) {
            return Future.failedFuture(traffic.unreachable("more than " + MOST_READS + " questions at once"));
        }
        reads++;
        return inBucket(() -> new BucketSnapshot(vertx, traffic, api, settings, deliver(), each).read(filter(name)))
                .onComplete(done -> reads--);
    }

    @Override
    public Future<Runnable> follow(Optional<String> name, Feed feed) {
        LiveEntries entries = new LiveEntries(vertx, traffic, api, settings, filter(name), this::deliver, feed);
        live.add(entries);
        Runnable end = () -> {
            live.remove(entries);
            entries.end();
        };
        return inBucket(entries::begin).map(begun -> end).onFailure(failure -> end.run());
    }

    @Override
    public Future<Void> announce(ToldNode node) {
        if (refresh < 0) {
            long millis = Math.max(1, settings.bucketTtl().toMillis() / PARTS_OF_TTL);
            refresh = vertx.setPeriodic(millis, due -> own.all().forEach(this::put));
        }
        return put(node);
    }

    private Future<Void> put(ToldNode node) {
        return inBucket(() -> api.put(BucketKey.of(node.service()), BucketEntryJson.write(node)))
                .compose(this::seen);
    }

    /** What the bucket has taken, others have been sent before a round trip that follows is over. */
    private Future<Void> seen(Void taken) {
        return trips.send().mapEmpty();
    }

    @Override
    public Future<Void> withdraw(ServiceInfo single) {
        return inBucket(() -> api.delete(BucketKey.of(single))).compose(this::seen);
    }

    @Override
    public void again() {
        made = false;
        List.copyOf(live).forEach(LiveEntries::anew);
    }

    @Override
    public void stop() {
        vertx.cancelTimer(refresh);
        List.copyOf(live).forEach(LiveEntries::end);
        live.clear();
    }
}
