package dev.vertxmicro.client;

import dev.vertxmicro.message.Endpoint;

/**
 * One call to make: go-micro's {@code client.Request}.
 *
 * @param service  name of the service
 * @param endpoint signature of the endpoint
 * @param body     the request message
 * @param options  what is special about this call
 * @param <Q>      type of the request message
 * @param <R>      type of the response message
 */
public record Request<Q, R>(String service, Endpoint<Q, R> endpoint, Q body, CallOptions options) {

    /** Checks the name. */
    public Request {
        if (service.isEmpty()) {
            throw new IllegalArgumentException("service: empty (expected: a service name)");
        }
    }

    /**
     * Makes a request with default options.
     *
     * @param service  name of the service
     * @param endpoint signature of the endpoint
     * @param body     the request message
     * @param <Q>      type of the request message
     * @param <R>      type of the response message
     * @return the request
     */
    public static <Q, R> Request<Q, R> of(String service, Endpoint<Q, R> endpoint, Q body) {
        return new Request<>(service, endpoint, body, CallOptions.DEFAULTS);
    }

    /**
     * Returns a copy with these options.
     *
     * @param others the options
     * @return the copy
     */
    public Request<Q, R> withOptions(CallOptions others) {
        return new Request<>(service, endpoint, body, others);
    }
}
