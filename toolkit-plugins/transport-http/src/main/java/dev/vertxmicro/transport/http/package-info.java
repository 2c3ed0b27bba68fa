/**
 * The default transport: go-micro's RPC over HTTP/1.1, by Vert.x HTTP.
 *
 * <p>go-micro counterpart: {@code transport/http_transport.go}.
 *
 * <pre>{@code
 * Transport transport = HttpTransport.create(vertx, HttpTransportOptions.DEFAULTS.withMultiplex(false));
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.transport.http;

import org.jspecify.annotations.NullMarked;
