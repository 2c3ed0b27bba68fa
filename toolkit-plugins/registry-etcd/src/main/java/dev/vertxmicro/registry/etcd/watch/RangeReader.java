package dev.vertxmicro.registry.etcd.watch;

import com.google.protobuf.ByteString;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.etcd.member.EtcdFailure;
import dev.vertxmicro.registry.etcd.member.EtcdMembers;
import dev.vertxmicro.registry.etcd.member.EtcdMethods;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.KeyValue;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.RangeRequest;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.RangeResponse;
import dev.vertxmicro.registry.etcd.wire.EntryReader;
import dev.vertxmicro.registry.etcd.wire.KeyRange;
import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.RareWarning;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Reads ranges page by page, all pages of one moment. Confined to one context. */
public final class RangeReader {
    /** Entries that are kept of one range; what is above is left out. */
    static final int MOST_ENTRIES = 100_000;

    private static final int PAGE = 500;
    private static final int FEWER = 8;
    private static final int LARGE = 64 << 10;
    private static final ByteString AFTER = ByteString.copyFrom(new byte[1]);
    private static final RareWarning TOO_MANY = RareWarning.of(LateLogger.of(RangeReader.class));

    private final Vertx vertx;
    private final EtcdMembers members;
    private final EntryReader reader;

    /**
     * Makes one.
     *
     * @param vertx   has the workers that read what is large
     * @param members of the cluster
     * @param reader  of what is under a key
     */
    public RangeReader(Vertx vertx, EtcdMembers members, EntryReader reader) {
        this.vertx = vertx;
        this.members = members;
        this.reader = reader;
    }

    /**
     * Reads the services of a range.
     *
     * @param range of keys
     * @return each with one node
     */
    public Future<List<ServiceInfo>> services(KeyRange range) {
        return list(range).map(listing -> listing.entries().values().stream()
                .map(EtcdEntry::single)
                .toList());
    }

    /**
     * Reads a range.
     *
     * @param range of keys
     * @return what is there now; fails with 500 if no member can tell
     */
    Future<EtcdListing> list(KeyRange range) {
        return page(range, range.begin(), 0, PAGE, new LinkedHashMap<>());
    }

    private Future<EtcdListing> page(
            KeyRange range, ByteString from, long revision, int limit, Map<ByteString, EtcdEntry> before) {
        RangeRequest asked = RangeRequest.newBuilder()
                .setKey(from)
                .setRangeEnd(range.end())
                .setLimit(limit)
                .setRevision(revision)
                .build();
        return members.call(EtcdMethods.RANGE, asked).transform(answered -> {
            if (answered.failed()) {
                return limit > 1 && EtcdFailure.isTooLarge(answered.cause())
                        ? page(range, from, revision, Math.max(1, limit / FEWER), before)
                        : Future.failedFuture(answered.cause());
            }
            RangeResponse answer = answered.result();
            return read(answer.getSerializedSize(), () -> entries(answer.getKvsList()))
                    .compose(read -> {
                        before.putAll(read);
                        long moment = revision == 0 ? answer.getHeader().getRevision() : revision;
                        boolean full = before.size() >= MOST_ENTRIES;
                        if (full) {
                            tooMany();
                        }
                        if (!answer.getMore() || answer.getKvsCount() == 0 || full) {
                            return Future.succeededFuture(new EtcdListing(before, moment));
                        }
                        ByteString next =
                                answer.getKvs(answer.getKvsCount() - 1).getKey().concat(AFTER);
                        return page(range, next, moment, limit, before);
                    });
        });
    }

    /** Says that there is more than is kept. */
    static void tooMany() {
        TOO_MANY.warn("etcd: more than " + MOST_ENTRIES + " nodes, further ones are left out");
    }

    private Map<ByteString, EtcdEntry> entries(List<KeyValue> pairs) {
        Map<ByteString, EtcdEntry> read = new LinkedHashMap<>();
        pairs.forEach(
                pair -> reader.read(pair).ifPresent(single -> read.put(pair.getKey(), EtcdEntry.of(single, pair))));
        return read;
    }

    /**
     * Reads what has come: much of it on a worker, so that the event loop goes on.
     *
     * @param bytes  how much has come
     * @param reader reads it
     * @return what was read
     */
    <T> Future<T> read(int bytes, Callable<T> reader) {
        if (bytes >= LARGE) {
            return vertx.executeBlocking(reader, false);
        }
        try {
            return Future.succeededFuture(reader.call());
        } catch (Exception e) {
            return Future.failedFuture(e);
        }
    }

    /**
     * Reads one entry.
     *
     * @param pair key and value
     * @return empty if it is none
     */
    Optional<EtcdEntry> entry(KeyValue pair) {
        return reader.read(pair).map(single -> EtcdEntry.of(single, pair));
    }

    /**
     * Tells whether etcd remembers the same entries at an earlier moment: then what has gone since is gone. One that has lost its memory,
     * and has counted on since, remembers others.
     *
     * @param range    of keys
     * @param revision of that moment
     * @param known    the entries then
     * @return true if so; false if it cannot tell
     */
    Future<Boolean> remembers(KeyRange range, long revision, Map<ByteString, EtcdEntry> known) {
        RangeRequest asked = RangeRequest.newBuilder()
                .setKey(range.begin())
                .setRangeEnd(range.end())
                .setRevision(revision)
                .setLimit(PAGE)
                .setKeysOnly(true)
                .build();
        return members.call(EtcdMethods.RANGE, asked)
                .map(then -> then.getKvsList().stream().anyMatch(pair -> {
                    EtcdEntry one = known.get(pair.getKey());
                    return one != null && one.isThatOf(EtcdEntry.of(one.single(), pair));
                }))
                .otherwise(false);
    }
}
