package dev.vertxmicro.broker.local;

import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Subscriptions of which one gets each message. Used within {@link Exclusive} only. */
final class LocalGroup {
    final Optional<String> queue;
    private final Timers timers;
    private final Exclusive exclusive;
    private final List<LocalSubscription> members = new ArrayList<>();
    private final Deque<QueuedMessage> waiting = new ArrayDeque<>();
    private final Map<QueuedMessage, Timer> retries = new HashMap<>();
    private int turn;

    LocalGroup(Optional<String> queue, Timers timers, Exclusive exclusive) {
        this.queue = queue;
        this.timers = timers;
        this.exclusive = exclusive;
    }

    void add(LocalSubscription member) {
        members.add(member);
        fill();
    }

    /** Takes a member out; what waits for it is for the others. */
    void remove(LocalSubscription member, Deque<QueuedMessage> left, Throwable reason) {
        members.remove(member);
        left.descendingIterator().forEachRemaining(waiting::addFirst);
        fill();
        if (members.isEmpty()) {
            waiting.forEach(QueuedMessage::accepted);
            drop(reason);
        }
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    void offer(QueuedMessage queued) {
        waiting.add(queued);
        fill();
    }

    void retry(QueuedMessage queued, Duration delay, LocalSubscription from, Throwable ended) {
        if (isEmpty()) {
            queued.settled(ended);
        } else {
            retries.put(queued, timers.schedule(delay, () -> exclusive.run(() -> due(queued, from))));
        }
    }

    private void due(QueuedMessage queued, LocalSubscription from) {
        if (retries.remove(queued) != null) {
            waiting.addFirst(queued);
            from.makeRoom();
        }
    }

    /** Hands out what waits, as far as there is room. */
    void fill() {
        while (!waiting.isEmpty()) {
            Optional<LocalSubscription> member = nextWithRoom();
            if (member.isEmpty()) {
                return;
            }
            QueuedMessage queued = waiting.remove();
            member.get().accept(queued);
            queued.accepted();
        }
    }

    private Optional<LocalSubscription> nextWithRoom() {
        int size = members.size();
        for (int i = 0; i < size; i++) {
            int index = (turn + i) % size;
            if (members.get(index).hasRoom()) {
                turn = (index + 1) % size;
                return Optional.of(members.get(index));
            }
        }
        return Optional.empty();
    }

    /** Counts what is not settled. */
    long unsettled() {
        long sum = waiting.size();
        for (LocalSubscription member : members) {
            sum += member.load();
        }
        return sum;
    }

    void wake() {
        members.forEach(LocalSubscription::wake);
    }

    /** Drops everything; those who wait get this failure. */
    void close(RuntimeException reason) {
        waiting.forEach(queued -> queued.refused(reason));
        members.forEach(member -> member.drop(reason));
        members.clear();
        drop(reason);
    }

    private void drop(Throwable reason) {
        retries.forEach((queued, timer) -> {
            timer.cancel();
            queued.settled(reason);
        });
        retries.clear();
        waiting.forEach(queued -> queued.settled(reason));
        waiting.clear();
    }
}
