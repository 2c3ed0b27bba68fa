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
    private final Deque<Parcel> waiting = new ArrayDeque<>();
    private final Map<Parcel, Timer> retries = new HashMap<>();
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
    void remove(LocalSubscription member, Deque<Parcel> left, Throwable reason) {
        members.remove(member);
        left.descendingIterator().forEachRemaining(waiting::addFirst);
        fill();
        if (members.isEmpty()) {
            waiting.forEach(Parcel::accepted);
            drop(reason);
        }
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    void offer(Parcel parcel) {
        waiting.add(parcel);
        fill();
    }

    void retry(Parcel parcel, Duration delay, LocalSubscription from, Throwable ended) {
        if (isEmpty()) {
            parcel.settled(ended);
        } else {
            retries.put(parcel, timers.schedule(delay, () -> exclusive.run(() -> due(parcel, from))));
        }
    }

    private void due(Parcel parcel, LocalSubscription from) {
        if (retries.remove(parcel) != null) {
            waiting.addFirst(parcel);
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
            Parcel parcel = waiting.remove();
            member.get().accept(parcel);
            parcel.accepted();
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

    void wake() {
        members.forEach(LocalSubscription::wake);
    }

    /** Drops everything; those who wait get this failure. */
    void close(RuntimeException reason) {
        waiting.forEach(parcel -> parcel.refused(reason));
        members.forEach(member -> member.drop(reason));
        members.clear();
        drop(reason);
    }

    private void drop(Throwable reason) {
        retries.forEach((parcel, timer) -> {
            timer.cancel();
            parcel.settled(reason);
        });
        retries.clear();
        waiting.forEach(parcel -> parcel.settled(reason));
        waiting.clear();
    }
}
