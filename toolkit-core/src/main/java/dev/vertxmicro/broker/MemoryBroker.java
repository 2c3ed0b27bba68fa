package dev.vertxmicro.broker;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps topics in this object. All state, that of groups and members included, is guarded by {@code this}; whatever calls
 * foreign code runs after the lock is given back.
 */
final class MemoryBroker implements Broker {
    private final Timers timers;
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

    /** Changes state under the lock, then does what has come of it. */
    void locked(Consumer<List<Runnable>> change) {
        List<Runnable> later = new ArrayList<>(4);
        synchronized (this) {
            change.accept(later);
        }
        later.forEach(Runnable::run);
    }

    @Override
    public Future<Void> connect() {
        return change(later -> {
            connected = true;
            topics.values().forEach(groups -> groups.forEach(group -> group.dispatch(later)));
        });
    }

    @Override
    public Future<Void> disconnect() {
        return change(later -> connected = false);
    }

    /** Changes state unless closed. */
    Future<Void> change(Consumer<List<Runnable>> change) {
        Promise<Void> promise = timers.promise();
        locked(later -> {
            if (closed) {
                later.add(() -> promise.fail(closedError()));
                return;
            }
            change.accept(later);
            later.add(promise::complete);
        });
        return promise.future();
    }

    @Override
    public Future<Void> publish(String topic, Message message) {
        SubscribeOptions.DEFAULTS.checkTopic(topic);
        Promise<Void> promise = timers.promise();
        locked(later -> {
            MicroException refusal = refusal();
            if (refusal == null) {
                offer(topic, message, promise, later);
            } else {
                later.add(() -> promise.fail(refusal));
            }
        });
        return promise.future();
    }

    private @Nullable MicroException refusal() {
        if (closed) {
            return closedError();
        }
        return connected ? null : MicroException.internal("go.micro.broker", "not connected");
    }

    /** Hands a message to every group of a topic, or to none if one of them cannot even let it wait. */
    void offer(String topic, Message message, Promise<Void> promise, List<Runnable> later) {
        List<MemoryGroup> groups = topics.getOrDefault(topic, List.of());
        if (groups.stream().anyMatch(MemoryGroup::overrun)) {
            later.add(() -> promise.fail(MicroException.unavailable(
                            "go.micro.broker", "too many publishers wait for the subscribers of " + topic)
                    .withoutStackTrace()));
            return;
        }
        Publication publication = new Publication(promise, groups.size());
        groups.forEach(group -> group.offer(new MemoryGroup.Item(message, 1), publication, later));
        publication.started(later);
    }

    @Override
    public Future<Subscription> subscribe(String topic, DeliveryHandler handler, SubscribeOptions options) {
        options.checkTopic(topic);
        Promise<Subscription> promise = timers.promise();
        locked(later -> {
            MicroException refusal = refusal();
            if (refusal != null) {
                later.add(() -> promise.fail(refusal));
                return;
            }
            MemoryGroup group = group(topic, options.queue());
            MemoryMember member = new MemoryMember(this, group, handler, options, timers.callerContext());
            group.join(member, later);
            later.add(() -> promise.complete(member));
        });
        return promise.future();
    }

    private MemoryGroup group(String topic, Optional<String> queue) {
        List<MemoryGroup> groups = topics.computeIfAbsent(topic, name -> new ArrayList<>());
        return groups.stream()
                .filter(group -> queue.isPresent() && group.queue().equals(queue))
                .findFirst()
                .orElseGet(() -> {
                    MemoryGroup group = new MemoryGroup(this, topic, queue);
                    groups.add(group);
                    return group;
                });
    }

    void remove(MemoryGroup group) {
        List<MemoryGroup> groups = topics.getOrDefault(group.topic(), List.of());
        if (!groups.isEmpty() && groups.remove(group) && groups.isEmpty()) {
            topics.remove(group.topic());
        }
    }

    boolean connected() {
        return connected;
    }

    Timers timers() {
        return timers;
    }

    static MicroException closedError() {
        return MicroException.internal("go.micro.broker", "broker is closed");
    }

    @Override
    public Future<Void> close() {
        locked(later -> {
            closed = true;
            connected = false;
            topics.values().forEach(groups -> groups.forEach(group -> group.close(later)));
            topics.clear();
        });
        return Future.succeededFuture();
    }
}
