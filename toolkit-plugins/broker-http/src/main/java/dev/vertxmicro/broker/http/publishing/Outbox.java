package dev.vertxmicro.broker.http.publishing;

import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Holds messages while their topic has no subscriber, for a time, and so many; then the oldest is dropped, which is counted
 * and logged. A message counts until it was handled. Used on the context of the broker.
 */
final class Outbox {
    private static final System.Logger LOG = System.getLogger(Outbox.class.getName());

    private final PublisherSettings settings;
    private final ExpiryQueue all;
    private final RareWarning warning;
    private final Map<String, TreeMap<Long, HttpPublication>> waiting = new HashMap<>();
    private int messages;
    private long bytes;
    private long dropped;

    Outbox(PublisherSettings settings, Timers timers) {
        this.settings = settings;
        this.all = new ExpiryQueue(settings.outboxTime(), timers, late -> drop(late, "nobody subscribed in time"));
        this.warning = new RareWarning(LOG, timers);
    }

    /** Holds a message, again perhaps: those for whom it was taken out are gone. */
    void hold(HttpPublication publication) {
        if (!publication.isHeld()) {
            publication.hold();
            messages++;
            bytes += publication.length;
            all.add(publication);
        }
        waiting.computeIfAbsent(publication.topic, topic -> new TreeMap<>()).put(publication.number, publication);
        while (messages > settings.outboxMessages() || (bytes > settings.outboxBytes() && messages > 1)) {
            HttpPublication oldest = all.poll();
            if (oldest == null) {
                return;
            }
            drop(oldest, "the outbox is full");
        }
    }

    private void drop(HttpPublication publication, String why) {
        TreeMap<Long, HttpPublication> topic = waiting.get(publication.topic);
        if (topic != null && topic.remove(publication.number) != null && topic.isEmpty()) {
            waiting.remove(publication.topic);
        }
        publication.end();
        ended(publication);
        dropped++;
        warning.warn("broker: message of topic " + publication.topic + " dropped: " + why + " (" + dropped
                + " dropped since the start)");
    }

    /** Takes out what waits for subscribers of a topic, in order. */
    List<HttpPublication> take(String topic) {
        TreeMap<Long, HttpPublication> taken = waiting.remove(topic);
        return taken == null ? List.of() : List.copyOf(taken.values());
    }

    /** Takes note that a message it held needs no care any more. */
    void ended(HttpPublication publication) {
        messages--;
        bytes -= publication.length;
    }

    int messages() {
        return messages;
    }

    long dropped() {
        return dropped;
    }

    void close() {
        all.close();
        waiting.clear();
        if (messages > 0) {
            warning.warn("broker: closed with " + messages + " messages for which nobody subscribed");
        }
    }
}
