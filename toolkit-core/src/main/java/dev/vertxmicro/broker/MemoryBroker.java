package dev.vertxmicro.broker;

import dev.vertxmicro.broker.Parcel.Publication;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Hands messages to the subscriptions of this object. All state changes go through {@link Exclusive}. */
final class MemoryBroker implements Broker {
    private static final String ID = "go.micro.broker";

    final Timers timers;
    final Exclusive exclusive = new Exclusive();
    private final Map<String, List<MemoryGroup>> topics = new HashMap<>();
    private boolean connected;
    private boolean closed;

    MemoryBroker(Timers timers) {
        this.timers = timers;
    }

    @Override
    public String type() {
        return "memory";
    }

    @Override
    public String address() {
        return "memory";
    }

    @Override
    public Future<Void> connect() {
        return unlessClosed(() -> {
            connected = true;
            topics.values().stream().flatMap(Collection::stream).forEach(MemoryGroup::wake);
            return Future.succeededFuture();
        });
    }

    @Override
    public Future<Void> disconnect() {
        return unlessClosed(() -> {
            connected = false;
            return Future.succeededFuture();
        });
    }

    @Override
    public Future<Void> publish(String topic, Message message) {
        SubscribeOptions.DEFAULTS.requireTopic(topic);
        return ifConnected(() -> dispatch(topic, message));
    }

    /** Hands a message to the groups of a topic; only within a change. */
    Future<Void> dispatch(String topic, Message message) {
        Publication publication = new Publication(message);
        topics.getOrDefault(topic, List.of()).forEach(group -> group.offer(publication));
        return publication.future(timers);
    }

    @Override
    public Future<Subscription> subscribe(String topic, DeliveryHandler handler, SubscribeOptions options) {
        options.requireTopic(topic);
        return ifConnected(() -> {
            MemoryGroup group = group(topic, options);
            MemorySubscription subscription = new MemorySubscription(this, group, topic, handler, options);
            group.add(subscription);
            return Future.succeededFuture(subscription);
        });
    }

    private MemoryGroup group(String topic, SubscribeOptions options) {
        List<MemoryGroup> groups = topics.computeIfAbsent(topic, name -> new ArrayList<>());
        return groups.stream()
                .filter(group -> options.queue().isPresent() && group.queue.equals(options.queue()))
                .findFirst()
                .orElseGet(() -> {
                    MemoryGroup group = new MemoryGroup(options.queue(), timers, exclusive);
                    groups.add(group);
                    return group;
                });
    }

    /** Takes a subscription out; only within a change. */
    void remove(MemorySubscription member, String topic, MemoryGroup group, Deque<Parcel> left) {
        group.remove(member, left);
        List<MemoryGroup> groups = topics.get(topic);
        if (groups != null && group.isEmpty()) {
            groups.remove(group);
            if (groups.isEmpty()) {
                topics.remove(topic);
            }
        }
    }

    boolean isConnected() {
        return connected;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public Future<Void> close() {
        exclusive.run(() -> {
            closed = true;
            connected = false;
            topics.values().stream().flatMap(Collection::stream).forEach(group -> group.close(closedError()));
            topics.clear();
        });
        return Future.succeededFuture();
    }

    private static MicroException closedError() {
        return MicroException.internal(ID, "broker is closed");
    }

    private <T> Future<T> unlessClosed(Supplier<Future<T>> action) {
        return exclusive.get(() -> closed ? Future.failedFuture(closedError()) : action.get());
    }

    private <T> Future<T> ifConnected(Supplier<Future<T>> action) {
        return unlessClosed(
                () -> connected ? action.get() : Future.failedFuture(MicroException.internal(ID, "not connected")));
    }
}
