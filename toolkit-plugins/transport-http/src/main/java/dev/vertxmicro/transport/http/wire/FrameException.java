package dev.vertxmicro.transport.http.wire;

import dev.vertxmicro.error.Fault;

/** Bytes on a stream connection that are no HTTP message, or one beyond the limits: the connection must be closed. */
public final class FrameException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Fault fault;

    /**
     * Makes the exception.
     *
     * @param message what is wrong
     */
    public FrameException(String message) {
        this(message, Fault.BROKEN);
    }

    private FrameException(String message, Fault fault) {
        super(message, null, false, false);
        this.fault = fault;
    }

    /**
     * Makes the exception for a message that is one, but beyond the reader's own limit.
     *
     * @param maxBytes the limit
     * @return the exception
     */
    public static FrameException tooLarge(int maxBytes) {
        return new FrameException("message exceeds " + maxBytes + " bytes", Fault.CALLER);
    }

    /**
     * Tells whose fault it is that a caller could not read it.
     *
     * @return the node's, or the caller's own
     */
    public Fault fault() {
        return fault;
    }
}
