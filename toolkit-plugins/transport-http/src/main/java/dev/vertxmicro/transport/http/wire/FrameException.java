package dev.vertxmicro.transport.http.wire;

/** Bytes on a stream connection that are no HTTP message, or one beyond the limits: the connection must be closed. */
public final class FrameException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what is wrong
     */
    public FrameException(String message) {
        super(message, null, false, false);
    }
}
