package dev.vertxmicro.registry.kubernetes.watch;

import dev.vertxmicro.registry.kubernetes.api.ApiFailure;
import dev.vertxmicro.registry.kubernetes.api.ApiServers;
import dev.vertxmicro.registry.kubernetes.api.ApiStream;
import dev.vertxmicro.time.Outage;
import dev.vertxmicro.time.RareWarnings;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Follows the objects of a kind: lists them, then watches from the version of the list, and from the last version heard of when the server has ended the watch, as it does after a
 * time. Whenever a watch breaks, or the server does not know the version any more (410), all are listed anew: at once, then after 100 ms, in the end every 3 s. Confined to one
 * context.
 */
final class ObjectWatch {
    private static final System.Logger LOG = System.getLogger(ObjectWatch.class.getName());
    private static final RareWarnings INTERRUPTED = RareWarnings.of(LOG);
    private static final long FIRST_MILLIS = 100;
    private static final long LONGEST_MILLIS = 3000;
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 500;
    private static final int DOUBLINGS = 5;
    private static final long AT_ONCE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int GONE = 410;

    /** Takes what is followed. */
    interface Taker {
        /**
         * Takes all as they are.
         *
         * @param all         the objects
         * @param interrupted whether the server was away since the last time, or began anew
         */
        void all(List<JsonObject> all, boolean interrupted);

        /**
         * Takes one that is new, or different.
         *
         * @param object as it is now
         */
        void changed(JsonObject object);

        /**
         * Takes one that is gone.
         *
         * @param object as it was
         */
        void deleted(JsonObject object);
    }

    private final Vertx vertx;
    private final ApiServers servers;
    private final ObjectKind kind;
    private final Duration lasting;
    private final Taker taker;
    private final Outage outage;
    private String version = "";
    private int failures;
    private int early;
    private boolean interrupted;
    private boolean stale;
    private boolean stopped;
    private long timer = -1;
    private long opened;
    private @Nullable ApiStream running;

    /** Asks nothing yet. */
    ObjectWatch(Vertx vertx, Timers timers, ApiServers servers, ObjectKind kind, Duration lasting, Taker taker) {
        this.vertx = vertx;
        this.servers = servers;
        this.kind = kind;
        this.lasting = lasting;
        this.taker = taker;
        this.outage = Outage.of(timers);
    }

    /** Lists all and follows them from there; fails if no server can tell, and follows nothing then. */
    Future<Void> start() {
        return list().onSuccess(listed -> watch()).onFailure(failure -> stop());
    }

    private Future<Void> list() {
        return ObjectList.ask(vertx, servers, kind).map(list -> {
            if (!stopped) {
                stale = false;
                boolean back = number(list.version()) < number(version);
                version = list.version();
                boolean away = interrupted || back;
                interrupted = false;
                taker.all(list.items(), away);
            }
            return null;
        });
    }

    /** Versions are numbers, whatever one should think of them. */
    private static long number(String version) {
        try {
            return Long.parseLong(version);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private void later(long millis) {
        if (!stopped) {
            timer = vertx.setTimer(Math.max(1, millis), due -> {
                if (stale) {
                    list().onSuccess(listed -> watch()).onFailure(this::failed);
                } else {
                    watch();
                }
            });
        }
    }

    private void watch() {
        if (stopped) {
            return;
        }
        if (stale) { // said so while it was listed
            later(0);
            return;
        }
        servers.open(kind.changes(version, lasting), lasting, this::line)
                .onSuccess(this::opened)
                .onFailure(this::failed);
    }

    private void opened(ApiStream stream) {
        if (stopped) {
            stream.close();
            return;
        }
        running = stream;
        opened = System.nanoTime();
        failures = 0;
        outage.over().ifPresent(after -> INTERRUPTED
                .about(kind.what())
                .info("kubernetes: watch of " + kind.what() + " goes on, back " + after));
        stream.ended().onComplete(ended -> {
            running = null;
            if (ended.failed()) {
                failed(ended.cause());
            } else {
                later(pause());
            }
        });
    }

    /** Who ends or breaks each watch as soon as it has begun is not asked without a rest. */
    private long pause() {
        if (System.nanoTime() - opened >= AT_ONCE_NANOS) {
            early = 0;
            return 0;
        }
        return Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(early++, DOUBLINGS));
    }

    private void line(Buffer line) {
        if (stopped || stale || line.length() == 0) {
            return;
        }
        try {
            event(line.toJsonObject());
        } catch (RuntimeException e) { // a line that is no event
            lost("a line that is no event: " + e.getMessage());
        }
    }

    private void event(JsonObject event) {
        String type = String.valueOf(event.getString("type", ""));
        JsonObject object = event.getJsonObject("object", new JsonObject());
        if (type.equals("ERROR")) {
            String said = object.getInteger("code", 0) + " " + object.getString("message", "");
            if (object.getInteger("code", 0) == GONE) {
                LOG.log(System.Logger.Level.DEBUG, "kubernetes: watch of " + kind.what() + ", listed anew: " + said);
                again();
            } else {
                lost(said);
            }
            return;
        }
        JsonObject metadata = object.getJsonObject("metadata", new JsonObject());
        String heard = metadata.getString("resourceVersion");
        version = heard == null ? version : heard;
        switch (type) {
            case "ADDED", "MODIFIED" -> taker.changed(object);
            case "DELETED" -> taker.deleted(object);
            default -> {
                // a bookmark, which tells the version only, or what later servers may say
            }
        }
    }

    /** The stream cannot be trusted any more. */
    private void lost(String why) {
        ApiStream stream = running;
        stale = true;
        INTERRUPTED.about(kind.what()).warn("kubernetes: watch of " + kind.what() + ", listed anew: " + why);
        if (stream != null) {
            stream.close();
        }
    }

    /** Lists all anew, instead of waiting for changes. */
    void again() {
        stale = true;
        ApiStream stream = running;
        if (stream != null) {
            stream.close();
        }
    }

    private void failed(Throwable failure) {
        if (stopped) {
            return;
        }
        stale = true;
        if (failure instanceof ApiFailure said && said.gone()) { // which is no failure: a list comes next
            later(FIRST_MILLIS);
            return;
        }
        // A connection that breaks and comes about again is no outage, as whoever is asked then knows all.
        interrupted |= failures > 0;
        String line = "kubernetes: watch of " + kind.what() + " interrupted, asked again: " + failure.getMessage();
        if (failures > 0 && outage.failed()) {
            INTERRUPTED.about(kind.what()).warn(line);
        } else {
            LOG.log(System.Logger.Level.DEBUG, line);
        }
        long backoff = failures == 0 ? Math.max(FIRST_PAUSE_MILLIS, pause()) : backoff(failures - 1);
        failures++;
        later(backoff / 2 + ThreadLocalRandom.current().nextLong(backoff / 2 + 1));
    }

    private static long backoff(int times) {
        return Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(times, DOUBLINGS));
    }

    /** Asks no more, and frees the connection. */
    void stop() {
        stopped = true;
        vertx.cancelTimer(timer);
        ApiStream stream = running;
        if (stream != null) {
            stream.close();
        }
    }
}
