package dev.vertxmicro.registry.nats.bucket;

import dev.vertxmicro.registry.nats.link.NatsTraffic;
import dev.vertxmicro.registry.nats.nodes.NatsBackend;
import io.nats.client.Message;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tells of entries as they come. Their numbers and the beats of the server show whether any was missed; then it begins anew, and says so.
 * Confined to one context.
 */
final class LiveEntries {
    private static final Duration BEAT = Duration.ofSeconds(5);
    private static final int SILENT_BEATS = 3;
    private static final int BEAT_CODE = 100;
    private static final long AGAIN_MILLIS = 1000;

    private final Vertx vertx;
    private final NatsTraffic traffic;
    private final BucketApi api;
    private final BucketSettings settings;
    private final String filter;
    private final Supplier<String> subjects;
    private final NatsBackend.Feed feed;
    private String deliver = "";
    private String consumer = "";
    private long last;
    private long timer = -1;
    private boolean beginning;
    private boolean ended;

    LiveEntries(
            Vertx vertx,
            NatsTraffic traffic,
            BucketApi api,
            BucketSettings settings,
            String filter,
            Supplier<String> subjects,
            NatsBackend.Feed feed) {
        this.vertx = vertx;
        this.traffic = traffic;
        this.api = api;
        this.settings = settings;
        this.filter = filter;
        this.subjects = subjects;
        this.feed = feed;
    }

    /** Begins. */
    Future<Void> begin() {
        release();
        beginning = true;
        last = 0;
        String own = subjects.get();
        deliver = own;
        traffic.listen(own, message -> came(own, message));
        return api.consume(filter, own, false, BEAT)
                .map(made -> begun(own, made))
                .onComplete(done -> beginning = false)
                .mapEmpty();
    }

    private boolean begun(String own, JsonObject made) {
        String name = Optional.ofNullable(made.getString("name")).orElse("");
        if (ended || !own.equals(deliver)) {
            api.end(name);
            return false;
        }
        consumer = name;
        listenForBeats();
        return true;
    }

    private void listenForBeats() {
        vertx.cancelTimer(timer);
        if (!ended) {
            timer = vertx.setTimer(SILENT_BEATS * BEAT.toMillis(), silent -> anew());
        }
    }

    private void came(String own, Message message) {
        if (ended || !own.equals(deliver)) {
            return;
        }
        if (message.isStatusMessage()) {
            beat(message);
            return;
        }
        if (!message.isJetStream()) {
            return; // somebody's prank
        }
        listenForBeats();
        long number = message.metaData().consumerSequence();
        boolean gap = number != last + 1;
        last = number;
        Optional<BucketEntry> entry =
                BucketEntry.read(message, settings.prefix().length());
        if (entry.isEmpty()) {
            BucketSnapshot.strange(message);
        } else if (entry.get().told().isPresent()) {
            feed.told(entry.get().told().get());
        } else {
            feed.gone(entry.get().named());
        }
        if (gap) {
            anew();
        }
    }

    private void beat(Message message) {
        if (message.getStatus().getCode() == BEAT_CODE) {
            listenForBeats();
            String sent = message.hasHeaders() ? message.getHeaders().getFirst("Nats-Last-Consumer") : null;
            if (sent != null && !sent.equals(String.valueOf(last))) {
                anew();
            }
        }
    }

    /** Begins anew, because something was missed or the connection is another. */
    void anew() {
        if (ended || beginning) {
            return;
        }
        begin().onComplete(begun -> {
            if (begun.succeeded()) {
                feed.missed();
            } else if (!ended) {
                timer = vertx.setTimer(AGAIN_MILLIS, again -> anew());
            }
        });
    }

    private void release() {
        vertx.cancelTimer(timer);
        if (!deliver.isEmpty()) {
            traffic.ignore(deliver);
        }
        if (!consumer.isEmpty()) {
            api.end(consumer);
        }
        consumer = "";
        deliver = "";
    }

    /** Ends it. */
    void end() {
        ended = true;
        release();
    }
}
