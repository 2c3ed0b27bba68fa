package dev.vertxmicro.transport.http;

/** Bytes on a stream connection that are no HTTP message, or one beyond the limits: the connection must be closed. */
final class FrameException extends Exception {
    private static final long serialVersionUID = 1L;

    FrameException(String message) {
        super(message, null, false, false);
    }
}
