package dev.vertxmicro.registry.nats.bucket;

import dev.vertxmicro.registry.nats.link.NatsTraffic;
import dev.vertxmicro.registry.nats.nodes.ToldNode;
import dev.vertxmicro.time.RareWarning;
import io.nats.client.Message;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads all entries that there are, once. What is left of their time is reckoned by the clock of the server, which says when it began to
 * read. Confined to one context.
 */
final class BucketSnapshot {
    private static final RareWarning STRANGE = RareWarning.of(System.getLogger(BucketSnapshot.class.getName()));

    private final Vertx vertx;
    private final NatsTraffic traffic;
    private final BucketApi api;
    private final BucketSettings settings;
    private final String deliver;
    private final Consumer<ToldNode> each;
    private final Promise<Void> over;
    private final List<Message> early = new ArrayList<>();
    private @Nullable Instant now;
    private long timer = -1;

    BucketSnapshot(
            Vertx vertx,
            NatsTraffic traffic,
            BucketApi api,
            BucketSettings settings,
            String deliver,
            Consumer<ToldNode> each) {
        this.vertx = vertx;
        this.traffic = traffic;
        this.api = api;
        this.settings = settings;
        this.deliver = deliver;
        this.each = each;
        this.over = traffic.pending();
    }

    /** Reads those that match; completes after the last. */
    Future<Void> read(String filter) {
        traffic.listen(deliver, this::came);
        return api.consume(filter, deliver, true, Duration.ZERO)
                .compose(this::begun)
                .onComplete(done -> {
                    vertx.cancelTimer(timer);
                    traffic.ignore(deliver);
                });
    }

    private Future<Void> begun(JsonObject consumer) {
        Object created = consumer.getValue("created");
        try {
            now = OffsetDateTime.parse(String.valueOf(created)).toInstant();
        } catch (DateTimeParseException e) {
            return Future.failedFuture(traffic.unreachable("JetStream: created: " + created + " (expected: a time)"));
        }
        patience();
        if (consumer.getValue("num_pending") instanceof Number pending && pending.longValue() == 0 && early.isEmpty()) {
            over.tryComplete();
        }
        List.copyOf(early).forEach(this::take);
        early.clear();
        return over.future().onComplete(done -> Optional.ofNullable(consumer.getString("name"))
                .ifPresent(api::end));
    }

    private void came(Message message) {
        if (!message.isJetStream()) {
            return; // a status, or somebody's prank
        }
        if (now == null) {
            early.add(message);
        } else {
            patience();
            take(message);
        }
    }

    private void patience() {
        vertx.cancelTimer(timer);
        timer = vertx.setTimer(
                settings.requestTimeout().toMillis(),
                late -> over.tryFail(traffic.unreachable("JetStream: no answer within "
                        + settings.requestTimeout().toMillis() + " ms")));
    }

    private void take(Message message) {
        Instant begin = now;
        if (begin == null || over.future().isComplete()) {
            return;
        }
        Optional<BucketEntry> entry =
                BucketEntry.read(message, settings.prefix().length());
        if (entry.isPresent()) {
            entry.get().leftAt(begin).ifPresent(each);
        } else {
            strange(message);
        }
        if (message.metaData().pendingCount() == 0) {
            over.tryComplete();
        }
    }

    /** Says that an entry is none of ours. */
    static void strange(Message message) {
        STRANGE.warn("nats: entry " + message.getSubject() + " is none of a registry's");
    }
}
