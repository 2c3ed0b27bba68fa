package dev.vertxmicro.broker.local;

import dev.vertxmicro.broker.BrokerStatistics;
import dev.vertxmicro.broker.DeliveryHandler;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.Subscription;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The subscriptions that a broker has in this process, for those who implement one: buffers, queue groups, acknowledgement,
 * redelivery after a pause, dead letters. What a backend sends is given to {@link #deliver}; nothing else here knows a
 * backend.
 *
 * <p>Each subscription takes its messages one after the other, on the context it was added from. May be used from any thread.
 * All state changes go through {@link Exclusive}.
 */
public final class LocalSubscriptions {
    private static final System.Logger LOG = System.getLogger(LocalSubscriptions.class.getName());

    final Timers timers;
    private final RareWarning overdue;
    final Exclusive exclusive = new Exclusive();
    private final BiFunction<String, Message, Future<Void>> publisher;
    private final Map<String, List<LocalGroup>> topics = new HashMap<>();
    private long redeliveries;
    private long deadLetters;
    private long dropped;
    private boolean paused;
    private boolean closed;
    private final RuntimeException unsubscribed =
            MicroException.internal("go.micro.broker", "unsubscribed").withoutStackTrace();
    private RuntimeException ended = unsubscribed;

    private LocalSubscriptions(Timers timers, BiFunction<String, Message, Future<Void>> publisher) {
        this.timers = timers;
        this.publisher = publisher;
        this.overdue = new RareWarning(LOG, timers);
    }

    /**
     * Makes an empty set of subscriptions.
     *
     * @param timers    times redeliveries and finds the context of a subscriber
     * @param publisher publishes a dead letter to a topic
     * @return the set
     */
    public static LocalSubscriptions create(Timers timers, BiFunction<String, Message, Future<Void>> publisher) {
        return new LocalSubscriptions(timers, publisher);
    }

    /**
     * Adds a subscription.
     *
     * @param topic   the topic, or the pattern, that it is for
     * @param handler takes the deliveries, on the context of the caller
     * @param options queue, acknowledgement, redelivery and buffer
     * @param left    runs once, after {@link Subscription#unsubscribe} has taken it out; that waits for it
     * @return the subscription
     * @throws IllegalArgumentException if the topic is empty, or if the dead letters would go to the topic itself
     * @throws RuntimeException         the reason of {@link #close}, after it
     */
    public Subscription add(
            String topic, DeliveryHandler handler, SubscribeOptions options, Supplier<Future<Void>> left) {
        options.requireTopic(topic);
        return exclusive.get(() -> {
            if (closed) {
                throw ended;
            }
            LocalGroup group = group(topic, options);
            LocalSubscription subscription = new LocalSubscription(this, group, topic, handler, options, left);
            group.add(subscription);
            return subscription;
        });
    }

    private LocalGroup group(String topic, SubscribeOptions options) {
        List<LocalGroup> groups = topics.computeIfAbsent(topic, name -> new ArrayList<>());
        return groups.stream()
                .filter(group -> options.queue().isPresent() && group.queue.equals(options.queue()))
                .findFirst()
                .orElseGet(() -> {
                    LocalGroup group = new LocalGroup(options.queue(), timers, exclusive);
                    groups.add(group);
                    return group;
                });
    }

    /** Takes a subscription out; only within a change. */
    void remove(LocalSubscription member, String topic, LocalGroup group, Deque<QueuedMessage> untaken) {
        group.remove(member, untaken, ended);
        List<LocalGroup> groups = topics.get(topic);
        if (groups != null && group.isEmpty()) {
            groups.remove(group);
            if (groups.isEmpty()) {
                topics.remove(topic);
            }
        }
    }

    /**
     * Tells whether nobody is subscribed.
     *
     * @param topic the topic or pattern
     * @param queue the queue, empty for the subscriptions without one
     * @return true if a message for them would reach nobody
     */
    public boolean isEmpty(String topic, Optional<String> queue) {
        return exclusive.get(
                () -> topics.getOrDefault(topic, List.of()).stream().noneMatch(group -> group.queue.equals(queue)));
    }

    /**
     * Hands a message to all that are subscribed to its topic: every subscription without a queue and one member of each queue.
     *
     * @param topic   the topic
     * @param message the message
     * @return what becomes of it; nobody subscribed is a success, closed is none
     */
    public Handover deliver(String topic, Message message) {
        return deliver(topic, group -> true, topic, message);
    }

    /**
     * Hands a message to one member of a queue, or to all subscriptions without one.
     *
     * @param subscribed the topic or pattern subscribed to
     * @param queue      the queue, empty for the subscriptions without one
     * @param topic      the topic published to
     * @param message    the message
     * @return what becomes of it; nobody subscribed is a success, closed is none
     */
    public Handover deliver(String subscribed, Optional<String> queue, String topic, Message message) {
        return deliver(subscribed, group -> group.queue.equals(queue), topic, message);
    }

    private Handover deliver(String subscribed, Predicate<LocalGroup> to, String topic, Message message) {
        return exclusive.get(() -> {
            Handover handover = new Handover(topic, message, timers, exclusive);
            if (closed) {
                handover.refuse(ended);
            }
            for (LocalGroup group : topics.getOrDefault(subscribed, List.of())) {
                if (to.test(group)) {
                    group.offer(handover.queued());
                }
            }
            return handover;
        });
    }

    Future<Void> publish(String topic, Message message) {
        return publisher.apply(topic, message);
    }

    /** Begins no delivery until {@link #resume}; what is delivered meanwhile is buffered. */
    public void pause() {
        exclusive.run(() -> paused = true);
    }

    /** Delivers again. */
    public void resume() {
        exclusive.run(() -> {
            paused = false;
            topics.values().stream().flatMap(Collection::stream).forEach(LocalGroup::wake);
        });
    }

    /**
     * Ends all subscriptions for good; whoever waits for a handover gets the reason.
     *
     * @param reason why
     */
    public void close(RuntimeException reason) {
        exclusive.run(() -> {
            closed = true;
            ended = reason;
            topics.values().stream().flatMap(Collection::stream).forEach(group -> group.close(reason));
            topics.clear();
        });
    }

    /**
     * Tells why a handover was not settled.
     *
     * @param failure what {@link Handover#settled} failed with
     * @return true if a subscriber has left without the message, false for any other reason
     */
    public boolean isUnsubscribed(Throwable failure) {
        return failure == unsubscribed;
    }

    /**
     * Tells why a handover was not settled.
     *
     * @param failure what {@link Handover#settled} failed with
     * @return true if {@link #close} has ended it, false for any other reason
     */
    public boolean isEnded(Throwable failure) {
        return exclusive.get(() -> closed && failure == ended);
    }

    /**
     * Counts what became of messages.
     *
     * @return the counters as they stand
     */
    public BrokerStatistics statistics() {
        return exclusive.get(() -> new BrokerStatistics(
                topics.values().stream()
                        .flatMap(Collection::stream)
                        .mapToLong(LocalGroup::unsettled)
                        .sum(),
                redeliveries,
                deadLetters,
                dropped));
    }

    /** Counts an attempt that another follows; only within a change. */
    void redelivers() {
        redeliveries++;
    }

    /** Counts a message that is given up; only within a change. */
    void givesUp(boolean keptAsDeadLetter) {
        if (keptAsDeadLetter) {
            deadLetters++;
        } else {
            dropped++;
        }
    }

    /** Tells of a handler that takes too long. */
    void warnOverdue(String text) {
        overdue.warn(text);
    }

    boolean isPaused() {
        return paused;
    }

    boolean isClosed() {
        return closed;
    }

    /** Gives why a message that nobody is left for is not settled. */
    RuntimeException ended() {
        return ended;
    }
}
