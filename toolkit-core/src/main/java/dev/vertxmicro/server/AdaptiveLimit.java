package dev.vertxmicro.server;

/** When a server lets fewer calls run than it may, so that those that run are answered in time. */
public enum AdaptiveLimit {
    /** Never: all up to {@code maxConcurrentCalls} run. */
    OFF,
    /**
     * While it is overloaded: calls have come faster than they are done until one that begins would end after its caller has gone.
     * Over once the limit was not needed for ten seconds.
     */
    OVERLOAD,
    /**
     * As soon as calls take twice as long as they do at best, each endpoint compared with itself; for a service whose calls of one
     * endpoint are alike.
     */
    ALWAYS
}
