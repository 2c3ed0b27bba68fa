package dev.vertxmicro.cli.proto;

/** Says what is wrong in a {@code .proto} file, and where. */
public final class ProtoException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProtoException(String message) {
        super(message, null, false, false);
    }
}
