package dev.vertxmicro.broker;

import dev.vertxmicro.message.Message;
import dev.vertxmicro.time.Timer;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Those who share the messages of a topic: the members of a queue group, or one subscriber without a group. It holds as many
 * messages as the buffers of its members; further ones wait outside, with their publishers. Guarded by the broker.
 */
final class MemoryGroup {
    static final int MAX_WAITING = 1024;
    private static final System.Logger LOG = System.getLogger(MemoryGroup.class.getName());

    /** A message and the number of its next attempt. */
    record Item(Message message, int attempt) {}

    private record Waiting(Item item, Publication publication) {}

    private final MemoryBroker broker;
    private final String topic;
    private final Optional<String> queue;
    private final List<MemoryMember> members = new ArrayList<>(1);
    private final Deque<Item> ready = new ArrayDeque<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Set<Timer> pauses = new HashSet<>();
    private int turn;
    private int held;
    private int capacity;

    MemoryGroup(MemoryBroker broker, String topic, Optional<String> queue) {
        this.broker = broker;
        this.topic = topic;
        this.queue = queue;
    }

    String topic() {
        return topic;
    }

    Optional<String> queue() {
        return queue;
    }

    boolean overrun() {
        return waiting.size() >= MAX_WAITING;
    }

    void join(MemoryMember member, List<Runnable> later) {
        members.add(member);
        capacity += member.options().buffer();
        admit(later);
    }

    void leave(MemoryMember member, List<Runnable> later) {
        if (!members.remove(member)) {
            return;
        }
        capacity -= member.options().buffer();
        Deque<Item> left = member.takeBack();
        while (!left.isEmpty()) {
            ready.addFirst(left.removeLast());
        }
        if (members.isEmpty()) {
            broker.remove(this);
            waiting.forEach(each -> each.publication().accepted(later));
            clear();
        }
        dispatch(later);
    }

    void close(List<Runnable> later) {
        members.forEach(MemoryMember::takeBack);
        members.clear();
        waiting.forEach(each -> each.publication().failed(MemoryBroker.closedError(), later));
        clear();
    }

    private void clear() {
        ready.clear();
        waiting.clear();
        pauses.forEach(Timer::cancel);
        pauses.clear();
    }

    void offer(Item item, Publication publication, List<Runnable> later) {
        waiting.add(new Waiting(item, publication));
        admit(later);
    }

    private void admit(List<Runnable> later) {
        while (held < capacity && !waiting.isEmpty()) {
            Waiting next = waiting.remove();
            held++;
            ready.add(next.item());
            next.publication().accepted(later);
        }
        dispatch(later);
    }

    /** Gives what is ready to members that have a hand free, in turn. */
    void dispatch(List<Runnable> later) {
        while (broker.connected() && !ready.isEmpty()) {
            MemoryMember member = next();
            if (member == null) {
                return;
            }
            member.take(ready.remove(), later);
        }
    }

    private @Nullable MemoryMember next() {
        for (int tried = 0; tried < members.size(); tried++) {
            turn = Math.floorMod(turn + 1, members.size());
            if (members.get(turn).free()) {
                return members.get(turn);
            }
        }
        return null;
    }

    /** A message is dealt with: there is room for another. */
    void done(List<Runnable> later) {
        held--;
        admit(later);
    }

    void again(Item item, SubscribeOptions options, String reason, List<Runnable> later) {
        if (item.attempt() >= options.maxAttempts()) {
            giveUp(item, options, reason, later);
            return;
        }
        if (members.isEmpty()) {
            return;
        }
        Item next = new Item(item.message(), item.attempt() + 1);
        Timer[] pause = new Timer[1];
        pause[0] = broker.timers()
                .schedule(
                        options.pauseAfter(item.attempt()),
                        () -> broker.locked(afterwards -> {
                            if (pauses.remove(pause[0])) {
                                ready.addFirst(next);
                                dispatch(afterwards);
                            }
                        }));
        pauses.add(pause[0]);
        dispatch(later);
    }

    void giveUp(Item item, SubscribeOptions options, String reason, List<Runnable> later) {
        String grave = options.deadLetter().orElse("");
        if (grave.isEmpty()) {
            later.add(() -> LOG.log(
                    System.Logger.Level.WARNING,
                    "broker: message on {0} dropped after attempt {1}: {2}",
                    topic,
                    item.attempt(),
                    reason));
        } else {
            Promise<Void> buried = Promise.promise();
            buried.future()
                    .onFailure(failure -> LOG.log(
                            System.Logger.Level.ERROR,
                            "broker: dead letter of " + topic + " lost on " + grave,
                            failure));
            broker.offer(grave, DeadLetter.of(item.message(), topic, grave, item.attempt(), reason), buried, later);
        }
        done(later);
    }
}
