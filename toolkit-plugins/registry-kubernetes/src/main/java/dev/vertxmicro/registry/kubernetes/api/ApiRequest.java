package dev.vertxmicro.registry.kubernetes.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;

/**
 * What an API server is asked for.
 *
 * @param method of HTTP
 * @param uri    path and query
 * @param accept the form of the answer
 * @param patch  merge patch (RFC 7386) to send
 */
public record ApiRequest(HttpMethod method, String uri, String accept, Optional<Buffer> patch) {

    /**
     * Asks for something.
     *
     * @param uri    path and query
     * @param accept the form of the answer
     * @return the request
     */
    public static ApiRequest get(String uri, String accept) {
        return new ApiRequest(HttpMethod.GET, uri, accept, Optional.empty());
    }

    /**
     * Changes something.
     *
     * @param uri    path
     * @param accept the form of the answer
     * @param patch  what is to be merged
     * @return the request
     */
    public static ApiRequest patch(String uri, String accept, Buffer patch) {
        return new ApiRequest(HttpMethod.PATCH, uri, accept, Optional.of(patch));
    }
}
