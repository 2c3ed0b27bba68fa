package dev.vertxmicro.broker;

/** When a broker completes a publish. */
public enum PublishedWhen {
    /** Every subscription without a queue, and a member of every queue, has the message in its buffer. */
    BUFFERED,
    /** Every subscription without a queue, and a member of every queue, has acknowledged it or made it a dead letter. */
    HANDLED,
    /** The backend has it and answers for it from then on; nothing is said of subscribers. */
    STORED
}
