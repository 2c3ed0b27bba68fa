/**
 * Traces by OpenTelemetry: a span for each call, attempt, stream and message of clients, and for each that a handler sees, exported by
 * OTLP.
 *
 * <p>go-micro counterpart: {@code wrapper/trace/opentracing} of go-plugins.
 *
 * <pre>{@code
 * Endpoint<HelloRequest, HelloResponse> hello = Endpoint.unary("Greeter.Hello", HelloRequest.class, HelloResponse.class);
 *
 * server.handle(hello, (request, context) -> {
 *     Tracing.span(context).setAttribute("name", request.getName());
 *     return client.call(context, Request.of("other", hello, request)); // a child of the handler's span
 * });
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.wrapper.tracing;

import org.jspecify.annotations.NullMarked;
