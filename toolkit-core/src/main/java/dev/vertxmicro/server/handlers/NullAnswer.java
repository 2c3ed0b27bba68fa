package dev.vertxmicro.server.handlers;

/** What a handler fails with that answers null in place of a future, or of a response. */
public final class NullAnswer extends RuntimeException {
    static final String TEXT = "handler answered null";
    private static final long serialVersionUID = 1L;

    /** Makes one without a stack trace: it says nothing of the handler. */
    public NullAnswer() {
        super(TEXT, null, false, false);
    }
}
