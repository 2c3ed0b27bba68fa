package dev.vertxmicro.broker.http.publishing;

import dev.vertxmicro.broker.http.nodes.SubscriberDirectory;
import dev.vertxmicro.broker.http.nodes.SubscriberNode;
import dev.vertxmicro.broker.http.wire.BrokerFailure;
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
public final class Publisher implements SubscriberDirectory.Listener, NodeSender.Router {
    /** Something on the way may have dropped a connection that nobody used for longer, and nobody can be asked. */
    private static final Duration IDLE = Duration.ofSeconds(10);

    private static final Duration SWEEP = Duration.ofSeconds(10);

    private final PublisherSettings settings;
    private final Timers timers;
    private final Link.Dialer dialer;
    private final SubscriberDirectory directory;
    private final Outbox outbox;
    private final ExpiryQueue deadlines;
    private final Map<SubscriberNode, NodeSender> senders = new LinkedHashMap<>();
    /** Those whose nodes are gone, but may still answer. */
    private final Set<NodeSender> leaving = new LinkedHashSet<>();

    /** Those that wait for the first answer of the registry. */
    private final Set<HttpPublication> undecided = new LinkedHashSet<>();

    private final Set<HttpPublication> pending = new LinkedHashSet<>();
    private @Nullable Timer sweep;
    private int turn;
    private boolean closed;

    /** Finds subscribers by discovery and sends to each over a link of the dialer. */
    public Publisher(PublisherSettings settings, Discovery discovery, Timers timers, Link.Dialer dialer) {
        this.settings = settings;
        this.timers = timers;
        this.dialer = dialer;
        this.directory = new SubscriberDirectory(discovery, timers, this);
        this.outbox = new Outbox(settings, timers);
        this.deadlines = new ExpiryQueue(settings.timeout(), timers, this::expired);
    }

    /** Takes a message; its promise says what became of it. */
    public void publish(HttpPublication publication) {
        if (closed) {
            publication.promise.tryFail(BrokerFailure.closed());
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

    @Override
    public void asked() {
        List<HttpPublication> all = List.copyOf(undecided);
        undecided.clear();
        for (HttpPublication next : all) {
            if (!next.isOver()) {
                route(next);
            }
        }
    }

    private void route(HttpPublication publication) {
        Collection<SubscriberNode> audience = directory.of(publication.topic);
        if (audience.isEmpty()) {
            nobody(publication);
            return;
        }
        Map<String, List<SubscriberNode>> queues = new LinkedHashMap<>();
        List<NodeDelivery> deliveries = new ArrayList<>();
        for (SubscriberNode node : audience) {
            if (node.isBroadcast()) {
                deliveries.add(publication.delivery(node));
            } else {
                queues.computeIfAbsent(node.version(), queue -> new ArrayList<>())
                        .add(node);
            }
        }
        queues.values().forEach(nodes -> deliveries.add(publication.delivery(leastLoaded(nodes))));
        deliveries.forEach(delivery -> sender(delivery.node()).send(delivery));
    }

    private void nobody(HttpPublication publication) {
        if (settings.mandatory()) {
            boolean known = directory.trouble().isEmpty();
            String detail = "topic " + publication.topic + ": no subscriber";
            fail(
                    publication,
                    known
                            ? MicroException.notFound(BrokerFailure.ID, detail)
                            : MicroException.internal(BrokerFailure.ID, detail + " known, " + directory.trouble()));
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
        NodeSender sender = senders.get(node);
        return sender == null ? 0 : sender.load() + (sender.trouble().isEmpty() ? 0 : 1L << 32);
    }

    private NodeSender sender(SubscriberNode node) {
        NodeSender known = senders.get(node);
        if (known != null) {
            return known;
        }
        NodeSender sender = new NodeSender(node, timers, dialer, this);
        senders.put(node, sender);
        if (sweep == null) {
            sweep = timers.schedule(SWEEP, this::sweep);
        }
        return sender;
    }

    private void sweep() {
        senders.values().removeIf(sender -> sender.tidy(IDLE));
        leaving.removeIf(sender -> sender.tidy(IDLE));
        sweep = senders.isEmpty() && leaving.isEmpty() ? null : timers.schedule(SWEEP, this::sweep);
    }

    @Override
    public void joined(SubscriberNode node) {
        if (directory.isAsked()) {
            outbox.take(node.topic()).forEach(this::route);
        }
    }

    @Override
    public void left(SubscriberNode node) {
        NodeSender sender = senders.remove(node);
        if (sender != null) {
            leaving.add(sender);
            sender.leave();
        }
    }

    @Override
    public void unknown(SubscriberNode node) {
        directory.gone(node);
    }

    @Override
    public boolean elsewhere(NodeDelivery delivery, NodeSender from) {
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
        NodeSender sender = sender(best);
        if (!sender.trouble().isEmpty() && !from.isLeft()) {
            return false;
        }
        sender.send(delivery);
        return true;
    }

    @Override
    public void handled(NodeDelivery delivery) {
        closed(delivery, true);
    }

    @Override
    public void released(NodeDelivery delivery) {
        closed(delivery, false);
    }

    private void closed(NodeDelivery delivery, boolean success) {
        HttpPublication publication = delivery.publication;
        if (!publication.close(delivery, success)) {
            return;
        }
        if (publication.isHandled()) {
            end(publication);
            publication.promise.tryComplete();
        } else {
            route(publication);
        }
    }

    private void end(HttpPublication publication) {
        publication.end();
        pending.remove(publication);
        undecided.remove(publication);
        if (publication.isHeld()) {
            outbox.ended(publication);
        }
    }

    private void fail(HttpPublication publication, MicroException failure) {
        end(publication);
        publication.promise.tryFail(failure);
    }

    private void expired(HttpPublication publication) {
        if (publication.isHeld()) {
            return;
        }
        String who = publication.unanswered();
        String why = who.isEmpty() ? "the registry does not answer" : "not handled by " + who;
        fail(
                publication,
                MicroException.timeout(
                                BrokerFailure.ID,
                                "topic " + publication.topic + ": " + why + " within "
                                        + settings.timeout().toMillis() + " ms")
                        .withoutStackTrace());
    }

    /** Tells how many messages wait for the registry, or for their subscribers. */
    int unsettled() {
        return pending.size() + undecided.size();
    }

    /** Fails every message that is not over, with one error, and closes what it opened. */
    public void close() {
        closed = true;
        directory.close();
        deadlines.close();
        if (sweep != null) {
            sweep.cancel();
        }
        senders.values().forEach(NodeSender::close);
        leaving.forEach(NodeSender::close);
        outbox.close();
        List.copyOf(pending).forEach(publication -> fail(publication, BrokerFailure.closed()));
    }
}
