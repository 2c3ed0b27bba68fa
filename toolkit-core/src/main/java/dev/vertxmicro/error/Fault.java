package dev.vertxmicro.error;

/** Whose fault it was that an attempt to call a node failed, as whoever made the {@link MicroException} knows it. */
public enum Fault {
    /** Not said: what a handler answers, and what no part of the way has looked at. */
    UNKNOWN,
    /** The caller's own: too large, not to be encoded, his own pool is full. The node never heard of it. */
    CALLER,
    /** Nobody's: the answer had begun to come when the caller's time was over. */
    NOBODY,
    /** The node's: it refused the connection, or there never was one. */
    UNREACHABLE,
    /** The node's: the connection broke, or what it said was no answer. */
    BROKEN,
    /** The node's, by its own word: it drains, or is over its limit, and no handler has seen the call. */
    NOT_TAKEN
}
