package dev.vertxmicro.eventbus.transport;

import dev.vertxmicro.message.Cancellation;

/** One call that a listener has taken; by identity, until its answer has left. */
final class ServedCall {
    private final ServedCalls owner;
    private final String from;
    private final String id;
    private final Cancellation cancellation = new Cancellation();

    /**
     * Makes it.
     *
     * @param owner who serves it
     * @param from  where its caller takes frames
     * @param id    that the caller has given it
     */
    ServedCall(ServedCalls owner, String from, String id) {
        this.owner = owner;
        this.from = from;
        this.id = id;
    }

    ServedCalls owner() {
        return owner;
    }

    String from() {
        return from;
    }

    String id() {
        return id;
    }

    Cancellation cancellation() {
        return cancellation;
    }
}
