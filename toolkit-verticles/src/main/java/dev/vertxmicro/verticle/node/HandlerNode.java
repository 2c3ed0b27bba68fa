package dev.vertxmicro.verticle.node;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** What is known of one process, and the calls that run there. All but the calls is written by {@link MemberDirectory}, under its lock. */
final class HandlerNode {
    /** How well it is. */
    enum State {
        /** It answers. */
        WELL,
        /** It has not answered of late: others are called, if there are others. */
        SILENT,
        /** It has answered nothing for so long that calls there are given up. */
        LOST
    }

    final String id;
    final String address;
    final String process;
    private final AtomicInteger running = new AtomicInteger();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    /** When it gave the last sign of life, or began to owe one. */
    private volatile long heardAt;
    /** Set while it is found out why it says nothing. */
    final AtomicBoolean suspected = new AtomicBoolean();

    volatile State state = State.WELL;
    volatile boolean leaving;
    volatile Set<String> handlers = Set.of();
    boolean asking;
    long fullAt;
    boolean known;
    int unanswered;
    int absences;

    HandlerNode(String id, String address, String process) {
        this.id = id;
        this.address = address;
        this.process = process;
    }

    void begin(long now) {
        if (running.getAndIncrement() == 0) {
            heardAt = now;
        }
    }

    void end() {
        running.decrementAndGet();
    }

    void heard(long now) {
        heardAt = now;
    }

    /** For how long it has owed a sign of life; 0 while no call runs. */
    long silentNanos(long now) {
        return running.get() == 0 ? 0 : now - heardAt;
    }

    /** Tells, once, that it has a handler. */
    boolean isNew(String handler) {
        return seen.add(handler);
    }

    boolean isBusy() {
        return running.get() > 0;
    }

    @Override
    public String toString() {
        return "node " + id + " (" + process + ")";
    }
}
