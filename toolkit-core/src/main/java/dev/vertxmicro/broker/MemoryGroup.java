package dev.vertxmicro.broker;

import dev.vertxmicro.broker.Parcel.Publication;
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
final class MemoryGroup {
    final Optional<String> queue;
    private final Timers timers;
    private final Exclusive exclusive;
    private final List<MemorySubscription> members = new ArrayList<>();
    private final Deque<Parcel> waiting = new ArrayDeque<>();
    private final Map<Parcel, Timer> retries = new HashMap<>();
    private int turn;

    MemoryGroup(Optional<String> queue, Timers timers, Exclusive exclusive) {
        this.queue = queue;
        this.timers = timers;
        this.exclusive = exclusive;
    }

    void add(MemorySubscription member) {
        members.add(member);
        fill();
    }

    /** Takes a member out; what waits for it is for the others. */
    void remove(MemorySubscription member, Deque<Parcel> left) {
        members.remove(member);
        left.descendingIterator().forEachRemaining(waiting::addFirst);
        fill();
        if (members.isEmpty()) {
            waiting.forEach(parcel -> parcel.accepted(exclusive));
            clear();
        }
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    void offer(Publication publication) {
        waiting.add(publication.parcel());
        fill();
    }

    void retry(Parcel parcel, Duration delay, MemorySubscription from) {
        if (!isEmpty()) {
            retries.put(parcel, timers.schedule(delay, () -> exclusive.run(() -> due(parcel, from))));
        }
    }

    private void due(Parcel parcel, MemorySubscription from) {
        if (retries.remove(parcel) != null) {
            waiting.addFirst(parcel);
            from.release();
        }
    }

    /** Hands out what waits, as far as there is room. */
    void fill() {
        while (!waiting.isEmpty()) {
            Optional<MemorySubscription> member = nextWithRoom();
            if (member.isEmpty()) {
                return;
            }
            Parcel parcel = waiting.remove();
            member.get().accept(parcel);
            parcel.accepted(exclusive);
        }
    }

    private Optional<MemorySubscription> nextWithRoom() {
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

    void wake() {
        members.forEach(MemorySubscription::wake);
    }

    /** Drops everything; publishers that wait get this failure. */
    void close(RuntimeException reason) {
        waiting.forEach(parcel -> parcel.fail(exclusive, reason));
        members.forEach(MemorySubscription::drop);
        members.clear();
        clear();
    }

    private void clear() {
        retries.values().forEach(Timer::cancel);
        retries.clear();
        waiting.clear();
    }
}
