package dev.vertxmicro.codec;

import org.jspecify.annotations.Nullable;

/** Says why a message could not be written or read; client and server turn it into their own error. */
public final class CodecException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception, without a stack trace: bad bytes come from peers, not from a slip in the code.
     *
     * @param message what was wrong
     * @param cause   what the library said, if it did
     */
    public CodecException(String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
    }
}
