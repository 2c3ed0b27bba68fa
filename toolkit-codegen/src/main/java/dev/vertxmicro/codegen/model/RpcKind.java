package dev.vertxmicro.codegen.model;

/** Which sides of an rpc stream; the names are those of {@code dev.vertxmicro.message.Endpoint.Kind}. */
public enum RpcKind {
    /** One request, one response. */
    UNARY,
    /** One request, many responses. */
    SERVER_STREAM,
    /** Many requests, one response. */
    CLIENT_STREAM,
    /** Many requests, many responses. */
    BIDIRECTIONAL;

    /**
     * Finds the kind.
     *
     * @param requests true if requests stream
     * @param responses true if responses stream
     * @return the kind
     */
    public static RpcKind of(boolean requests, boolean responses) {
        if (requests) {
            return responses ? BIDIRECTIONAL : CLIENT_STREAM;
        }
        return responses ? SERVER_STREAM : UNARY;
    }

    /**
     * Tells whether the caller sends many.
     *
     * @return true if requests stream
     */
    public boolean streamsRequests() {
        return this == CLIENT_STREAM || this == BIDIRECTIONAL;
    }
}
