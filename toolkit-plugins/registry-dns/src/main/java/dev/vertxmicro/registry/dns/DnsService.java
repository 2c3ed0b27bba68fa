package dev.vertxmicro.registry.dns;

import dev.vertxmicro.error.Catching;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.local.Watcher;
import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.Outage;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the servers know of one service: asked anew when it is no longer good and somebody wants to know, or watches. A server that does not
 * answer is taken to know what it knew last. Confined to the context of its registry.
 */
final class DnsService {
    private static final System.Logger LOG = LateLogger.of(DnsService.class);
    private static final RareWarning AWAY = RareWarning.of(LOG);

    private final Question question;
    private final List<ServiceSource> servers;
    private final DnsRegistryOptions options;
    private final Timers timers;
    private final Consumer<List<Node>> listener;
    private final List<ServiceSource.@Nullable Found> known = new ArrayList<>();
    private final Outage outage;
    private final Set<Watcher> watchers = new LinkedHashSet<>();
    private @Nullable Future<Void> asking;
    private @Nullable Timer next;
    private boolean answered;
    private long goodUntil;

    /**
     * Makes one of which nothing is known.
     *
     * @param listener is told what is known, after each answer
     */
    DnsService(
            Question question,
            List<ServiceSource> servers,
            DnsRegistryOptions options,
            Timers timers,
            Consumer<List<Node>> listener) {
        this.question = question;
        this.servers = servers;
        this.options = options;
        this.timers = timers;
        this.listener = listener;
        this.outage = Outage.of(timers);
        servers.forEach(server -> known.add(null));
    }

    /** Who watches. */
    Set<Watcher> watchers() {
        return watchers;
    }

    /** Tells whether it may be forgotten. */
    boolean idle() {
        return watchers.isEmpty() && asking == null;
    }

    /** Tells whether what is known is good. */
    boolean good() {
        return answered && timers.nanoTime() - goodUntil < 0;
    }

    /** Completes when what is known is as good as it gets; fails where no server has ever answered. */
    Future<Void> current() {
        return good() ? Future.succeededFuture() : ask();
    }

    private Future<Void> ask() {
        Future<Void> running = asking;
        if (running != null) {
            return running;
        }
        List<Future<ServiceSource.Found>> answers = new ArrayList<>();
        for (int i = 0; i < servers.size(); i++) {
            ServiceSource server = servers.get(i);
            ServiceSource.Found before = known.get(i) == null ? ServiceSource.Found.NOTHING : known.get(i);
            answers.add(Catching.future("dns", () -> server.ask(question, before)));
        }
        Future<Void> asked = Future.join(answers).transform(done -> {
            asking = null;
            return taken(answers);
        });
        if (!asked.isComplete()) {
            asking = asked;
        }
        return asked;
    }

    private Future<Void> taken(List<Future<ServiceSource.Found>> answers) {
        Throwable failure = null;
        boolean any = false;
        long ttl = Long.MAX_VALUE;
        Map<String, Node> nodes = new TreeMap<>();
        for (int i = 0; i < answers.size(); i++) {
            Future<ServiceSource.Found> answer = answers.get(i);
            if (answer.succeeded()) {
                known.set(i, answer.result());
                ttl = Math.min(ttl, answer.result().ttl());
                any = true;
            } else {
                failure = answer.cause();
            }
            ServiceSource.Found found = known.get(i);
            if (found != null) {
                answered = true;
                found.nodes().forEach(nodes::putIfAbsent);
            }
        }
        Duration good = failure != null || nodes.isEmpty() ? options.negativeTtl() : within(ttl);
        goodUntil = timers.nanoTime() + good.toNanos();
        again(good); // first, whatever those who are told throw
        if (failure != null) {
            away(failure);
        } else {
            outage.over().ifPresent(after -> AWAY.info("dns: " + question.name() + " resolved, back " + after));
        }
        if (any) {
            listener.accept(List.copyOf(nodes.values()));
        }
        return answered
                ? Future.succeededFuture()
                : Future.failedFuture(
                        MicroException.internal(DnsRegistry.ID, "dns: " + question.name() + ": " + reason(failure))
                                .withoutStackTrace());
    }

    private void away(Throwable failure) {
        outage.failed();
        if (answered) {
            AWAY.warn("dns: " + question.name() + " not resolved, last known nodes kept, trying again: "
                    + reason(failure));
        }
    }

    private static String reason(@Nullable Throwable failure) {
        if (failure == null) {
            return "no server";
        }
        return failure instanceof MicroException known ? known.detail() : String.valueOf(failure.getMessage());
    }

    private Duration within(long seconds) {
        Duration ttl = Duration.ofSeconds(Math.min(seconds, options.maxTtl().toSeconds()));
        Duration most = seconds > options.maxTtl().toSeconds() ? options.maxTtl() : ttl;
        return most.compareTo(options.minTtl()) < 0 ? options.minTtl() : most;
    }

    /** While somebody watches, the servers are asked as soon as what they said is no longer good. */
    private void again(Duration good) {
        if (watchers.isEmpty()) {
            return;
        }
        stop();
        next = timers.schedule(good, () -> ask());
    }

    /** Begins to watch; what is known must be good. */
    void watch(Watcher watcher) {
        watchers.add(watcher);
        if (next == null && asking == null) {
            again(Duration.ofNanos(Math.max(0, goodUntil - timers.nanoTime())));
        }
    }

    void unwatch(Watcher watcher) {
        watchers.remove(watcher);
        if (watchers.isEmpty()) {
            stop();
        }
    }

    /** Asks no more by itself. */
    void stop() {
        Timer timer = next;
        next = null;
        if (timer != null) {
            timer.cancel();
        }
    }
}
