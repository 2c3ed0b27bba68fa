package dev.vertxmicro.broker.http.publishing;

import dev.vertxmicro.broker.http.nodes.SubscriberNode;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages on their way to one node, in order: so many are sent and not answered, the others wait. What was not answered
 * when the connection broke is sent again, first. Used on the context of the broker.
 */
final class NodeSender implements Link.Events {
    /** Messages sent ahead of their answers; a Go peer takes them one by one, ours hands them over as they come. */
    private static final int WINDOW = 128;

    private static final int WINDOW_BYTES = 1 << 20;
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final int LONGEST_DOUBLING = 6;

    /** Decides what becomes of messages. */
    interface Router {
        /** A node has handled it. */
        void handled(NodeDelivery delivery);

        /** A node did not handle it: sends it to another of its queue if there is one. */
        boolean elsewhere(NodeDelivery delivery, NodeSender from);

        /** Nobody is left to handle it. */
        void released(NodeDelivery delivery);

        /** The node says that it does not know the subscription. */
        void unknown(SubscriberNode node);
    }

    final SubscriberNode node;
    private final Timers timers;
    private final Link.Dialer dialer;
    private final Router router;
    private final Deque<NodeDelivery> waiting = new ArrayDeque<>();
    private final Deque<NodeDelivery> sent = new ArrayDeque<>();
    private int sentBytes;
    private @Nullable Link link;
    private boolean dialing;
    private @Nullable Timer pause;
    private int failures;
    private String trouble = "";
    private boolean left;
    private boolean closed;
    private long lastUse;

    NodeSender(SubscriberNode node, Timers timers, Link.Dialer dialer, Router router) {
        this.node = node;
        this.timers = timers;
        this.dialer = dialer;
        this.router = router;
    }

    void send(NodeDelivery delivery) {
        delivery.travels(this, node);
        waiting.add(delivery);
        pump();
    }

    /** Says what went wrong last; empty if nothing did since the last success. */
    String trouble() {
        return trouble;
    }

    int load() {
        return waiting.size() + sent.size();
    }

    /** True after the node has left the registry. */
    boolean isLeft() {
        return left;
    }

    private void pump() {
        if (closed || pause != null) {
            return;
        }
        while (!waiting.isEmpty() && !waiting.getFirst().isOpen()) {
            waiting.removeFirst();
        }
        if (waiting.isEmpty()) {
            return;
        }
        Link open = link;
        if (open == null) {
            dial();
            return;
        }
        while (!waiting.isEmpty() && sent.size() < WINDOW && (sent.isEmpty() || sentBytes < WINDOW_BYTES)) {
            NodeDelivery next = waiting.removeFirst();
            if (next.isOpen()) {
                sent.add(next);
                sentBytes += next.publication.length;
                open.send(next.publication.content(node.form()));
            }
        }
    }

    private void dial() {
        if (!dialing) {
            dialing = true;
            dialer.dial(node, this).onComplete(connected -> {
                dialing = false;
                if (connected.failed()) {
                    closed(String.valueOf(connected.cause().getMessage()));
                } else if (closed) {
                    connected.result().close();
                } else {
                    link = connected.result();
                    lastUse = timers.nanoTime();
                    pump();
                }
            });
        }
    }

    @Override
    public void answered(int status, boolean unknown, String text) {
        NodeDelivery delivery = sent.poll();
        if (delivery == null) {
            trouble = "answered what was not asked";
            close(link);
            return;
        }
        sentBytes -= delivery.publication.length;
        lastUse = timers.nanoTime();
        if (unknown) {
            router.unknown(node);
            retry(List.of(delivery));
        } else if (status == 200) {
            failures = 0;
            trouble = "";
            router.handled(delivery);
        } else {
            trouble = "answered " + status + " " + text;
            retry(List.of(delivery));
        }
        closeIfDone();
        pump();
    }

    @Override
    public void closed(String why) {
        link = null;
        List<NodeDelivery> unanswered = new ArrayList<>(sent);
        sent.clear();
        sentBytes = 0;
        if (closed || (unanswered.isEmpty() && waiting.isEmpty())) {
            return;
        }
        trouble = why;
        List<NodeDelivery> all = new ArrayList<>(unanswered);
        all.addAll(waiting);
        waiting.clear();
        retry(all);
    }

    /** Puts messages first in the queue, after a pause, or finds them another node. */
    private void retry(List<NodeDelivery> deliveries) {
        List<NodeDelivery> stay = new ArrayList<>();
        for (NodeDelivery delivery : deliveries) {
            if (delivery.isOpen() && !router.elsewhere(delivery, this)) {
                if (left) {
                    router.released(delivery);
                } else {
                    stay.add(delivery);
                }
            }
        }
        for (int i = stay.size() - 1; i >= 0; i--) {
            waiting.addFirst(stay.get(i));
        }
        if (!stay.isEmpty() && pause == null && !closed) {
            long millis = FIRST_PAUSE_MILLIS << Math.min(failures++, LONGEST_DOUBLING);
            pause = timers.schedule(Duration.ofMillis(millis), () -> {
                pause = null;
                pump();
            });
        }
    }

    /** The node has left the registry: what was sent may still be answered, the rest has to do without it. */
    void leave() {
        left = true;
        if (pause != null) {
            pause.cancel();
            pause = null;
        }
        List<NodeDelivery> all = new ArrayList<>(waiting);
        waiting.clear();
        retry(all);
        closeIfDone();
    }

    private void closeIfDone() {
        if (left && sent.stream().noneMatch(NodeDelivery::isOpen)) {
            close();
        }
    }

    /**
     * Closes a connection that was not used for this long, or on which nothing was answered for this long of which nobody waits for
     * anything any more: its node does not read, or hangs, and what was sent is still held here. True if nothing is left here.
     */
    boolean tidy(Duration idle) {
        closeIfDone();
        while (!waiting.isEmpty() && !waiting.getFirst().isOpen()) {
            waiting.removeFirst();
        }
        if (link != null
                && sent.stream().noneMatch(NodeDelivery::isOpen)
                && timers.nanoTime() - lastUse >= idle.toNanos()) {
            trouble = sent.isEmpty() ? trouble : "does not answer";
            close(link);
        }
        return link == null && !dialing && load() == 0;
    }

    void close() {
        closed = true;
        if (pause != null) {
            pause.cancel();
        }
        close(link);
    }

    private static void close(@Nullable Link open) {
        if (open != null) {
            open.close();
        }
    }
}
