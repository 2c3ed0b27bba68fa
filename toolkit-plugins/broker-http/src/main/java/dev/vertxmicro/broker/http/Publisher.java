package dev.vertxmicro.broker.http;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Discovery;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes messages to those who subscribe to their topics: to every node without a queue, and to one of each queue. Used on the
 * context of the broker.
 */
final class Publisher implements SubscriberDirectory.Listener, NodeLane.Office {
    /** Who fails. */
    static final String ID = "go.micro.broker";

    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration SWEEP = Duration.ofSeconds(10);

    private final HttpPublishing options;
    private final Timers timers;
    private final Link.Dialer dialer;
    private final SubscriberDirectory directory;
    private final Outbox outbox;
    private final ExpiryQueue deadlines;
    private final Map<SubscriberNode, NodeLane> lanes = new LinkedHashMap<>();
    /** Those whose nodes are gone, but may still answer. */
    private final Set<NodeLane> leaving = new LinkedHashSet<>();

    /** Those that wait for the first answer of the registry. */
    private final Set<Publication> undecided = new LinkedHashSet<>();

    private final Set<Publication> pending = new LinkedHashSet<>();
    private @Nullable Timer sweep;
    private int turn;
    private boolean closed;

    Publisher(HttpPublishing options, Discovery discovery, Timers timers, Link.Dialer dialer) {
        this.options = options;
        this.timers = timers;
        this.dialer = dialer;
        this.directory = new SubscriberDirectory(discovery, timers, this);
        this.outbox = new Outbox(options, timers);
        this.deadlines = new ExpiryQueue(options.timeout(), timers, this::expired);
    }

    /** Takes a message; its promise says what became of it. */
    void publish(Publication publication) {
        if (closed) {
            publication.promise.tryFail(closedError());
            return;
        }
        pending.add(publication);
        deadlines.add(publication);
        directory.start();
        if (directory.isAsked()) {
            route(publication);
        } else {
            undecided.add(publication);
        }
    }

    static MicroException closedError() {
        return MicroException.internal(ID, "broker is closed");
    }

    @Override
    public void asked() {
        List<Publication> all = List.copyOf(undecided);
        undecided.clear();
        for (Publication next : all) {
            if (!next.isOver()) {
                route(next);
            }
        }
    }

    private void route(Publication publication) {
        Collection<SubscriberNode> audience = directory.of(publication.topic);
        if (audience.isEmpty()) {
            nobody(publication);
            return;
        }
        Map<String, List<SubscriberNode>> queues = new LinkedHashMap<>();
        List<Errand> errands = new ArrayList<>();
        for (SubscriberNode node : audience) {
            if (node.isBroadcast()) {
                errands.add(publication.errand(node));
            } else {
                queues.computeIfAbsent(node.version(), queue -> new ArrayList<>())
                        .add(node);
            }
        }
        queues.values().forEach(nodes -> errands.add(publication.errand(leastLoaded(nodes))));
        errands.forEach(errand -> lane(errand.node()).send(errand));
    }

    private void nobody(Publication publication) {
        if (options.mandatory()) {
            boolean known = directory.trouble().isEmpty();
            String detail = "topic " + publication.topic + ": no subscriber";
            fail(
                    publication,
                    known
                            ? MicroException.notFound(ID, detail)
                            : MicroException.internal(ID, detail + " known, " + directory.trouble()));
        } else {
            pending.remove(publication);
            outbox.hold(publication);
        }
    }

    private SubscriberNode leastLoaded(List<SubscriberNode> nodes) {
        turn = (turn + 1) & Integer.MAX_VALUE;
        SubscriberNode best = nodes.get(turn % nodes.size());
        for (int i = 1; i < nodes.size(); i++) {
            SubscriberNode other = nodes.get((turn + i) % nodes.size());
            if (rank(other) < rank(best)) {
                best = other;
            }
        }
        return best;
    }

    private long rank(SubscriberNode node) {
        NodeLane lane = lanes.get(node);
        return lane == null ? 0 : lane.load() + (lane.trouble().isEmpty() ? 0 : 1L << 32);
    }

    private NodeLane lane(SubscriberNode node) {
        NodeLane known = lanes.get(node);
        if (known != null) {
            return known;
        }
        NodeLane lane = new NodeLane(node, timers, dialer, this);
        lanes.put(node, lane);
        if (sweep == null) {
            sweep = timers.schedule(SWEEP, this::sweep);
        }
        return lane;
    }

    private void sweep() {
        lanes.values().removeIf(lane -> lane.tidy(IDLE));
        leaving.removeIf(lane -> lane.tidy(IDLE));
        sweep = lanes.isEmpty() && leaving.isEmpty() ? null : timers.schedule(SWEEP, this::sweep);
    }

    @Override
    public void joined(SubscriberNode node) {
        if (directory.isAsked()) {
            outbox.take(node.topic()).forEach(this::route);
        }
    }

    @Override
    public void left(SubscriberNode node) {
        NodeLane lane = lanes.remove(node);
        if (lane != null) {
            leaving.add(lane);
            lane.leave();
        }
    }

    @Override
    public void unknown(SubscriberNode node) {
        directory.gone(node);
    }

    @Override
    public boolean elsewhere(Errand errand, NodeLane from) {
        SubscriberNode failed = from.node;
        List<SubscriberNode> others = directory.of(failed.topic()).stream()
                .filter(node -> node.version().equals(failed.version()) && !node.equals(failed))
                .filter(node ->
                        !failed.isBroadcast() || (node.id().equals(failed.id()) && node.form() == failed.form()))
                .toList();
        if (others.isEmpty()) {
            return false;
        }
        SubscriberNode best = leastLoaded(others);
        NodeLane lane = lane(best);
        if (!lane.trouble().isEmpty() && !from.isLeft()) {
            return false;
        }
        lane.send(errand);
        return true;
    }

    @Override
    public void handled(Errand errand) {
        closed(errand, true);
    }

    @Override
    public void released(Errand errand) {
        closed(errand, false);
    }

    private void closed(Errand errand, boolean success) {
        Publication publication = errand.publication;
        if (!publication.close(errand, success)) {
            return;
        }
        if (publication.isHandled()) {
            end(publication);
            publication.promise.tryComplete();
        } else {
            route(publication);
        }
    }

    private void end(Publication publication) {
        publication.end();
        pending.remove(publication);
        undecided.remove(publication);
        if (publication.isHeld()) {
            outbox.ended(publication);
        }
    }

    private void fail(Publication publication, MicroException failure) {
        end(publication);
        publication.promise.tryFail(failure);
    }

    private void expired(Publication publication) {
        if (publication.isHeld()) {
            return;
        }
        String who = publication.unanswered();
        String why = who.isEmpty() ? "the registry does not answer" : "not handled by " + who;
        fail(
                publication,
                MicroException.timeout(
                                ID,
                                "topic " + publication.topic + ": " + why + " within "
                                        + options.timeout().toMillis() + " ms")
                        .withoutStackTrace());
    }

    /** Tells how many messages wait for the registry, or for their subscribers. */
    int unsettled() {
        return pending.size() + undecided.size();
    }

    void close() {
        closed = true;
        directory.close();
        deadlines.close();
        if (sweep != null) {
            sweep.cancel();
        }
        lanes.values().forEach(NodeLane::close);
        leaving.forEach(NodeLane::close);
        outbox.close();
        List.copyOf(pending).forEach(publication -> fail(publication, closedError()));
    }
}
