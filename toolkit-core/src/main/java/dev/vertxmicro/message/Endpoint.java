package dev.vertxmicro.message;

/**
 * The signature of an endpoint, shared by its callers and its handler.
 *
 * @param name         go-micro's endpoint name, {@code Greeter.Hello}, or a topic
 * @param requestType  class of the request message
 * @param responseType class of the response message
 * @param kind         which of the two sides stream
 * @param idempotent   true if calling it twice does no more than calling it once, so that a failed attempt may be repeated
 * @param <Q>          type of the request
 * @param <R>          type of the response
 */
public record Endpoint<Q, R>(String name, Class<Q> requestType, Class<R> responseType, Kind kind, boolean idempotent) {

    /** Which sides of an endpoint stream. */
    public enum Kind {
        /** One request, one response. */
        UNARY,
        /** One request, many responses. */
        SERVER_STREAM,
        /** Many requests, one response. */
        CLIENT_STREAM,
        /** Many requests, many responses. */
        BIDIRECTIONAL,
        /** A message of a topic, which is the endpoint's name; nothing is answered. */
        EVENT
    }

    /** Checks the name. */
    public Endpoint {
        if (kind == Kind.EVENT) {
            requireTopic(name);
        } else {
            requireMethod(name);
        }
    }

    private static void requireTopic(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("topic: empty (expected: a topic)");
        }
    }

    private static void requireMethod(String name) {
        int dot = name.indexOf('.');
        if (dot <= 0 || dot == name.length() - 1 || name.indexOf('.', dot + 1) >= 0) {
            throw new IllegalArgumentException("endpoint: " + name + " (expected: Service.Method)");
        }
    }

    /**
     * Makes a unary endpoint.
     *
     * @param name         the endpoint name, {@code Greeter.Hello}
     * @param requestType  class of the request message
     * @param responseType class of the response message
     * @param <Q>          type of the request
     * @param <R>          type of the response
     * @return the endpoint, not idempotent
     */
    public static <Q, R> Endpoint<Q, R> unary(String name, Class<Q> requestType, Class<R> responseType) {
        return new Endpoint<>(name, requestType, responseType, Kind.UNARY, false);
    }

    /**
     * Makes the signature of a topic's messages.
     *
     * @param topic the topic, not empty
     * @param type  class of the messages
     * @param <M>   type of the messages
     * @return the endpoint, named after the topic
     */
    public static <M> Endpoint<M, Void> event(String topic, Class<M> type) {
        return new Endpoint<>(topic, type, Void.class, Kind.EVENT, false);
    }
}
