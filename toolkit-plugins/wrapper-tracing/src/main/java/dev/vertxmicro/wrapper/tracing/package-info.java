/**
 * Traces by OpenTelemetry: a span for each call, attempt, stream and message of clients, and for each that a handler sees, exported by
 * OTLP.
 *
 * <p>go-micro counterpart: {@code wrapper/trace/opentracing} of go-plugins.
 *
 * <pre>{@code
 * Wrapper wrapper = Tracing.of(openTelemetry, "greeter", TracingOptions.DEFAULTS);
 *
 * server.handle(HELLO, (request, context) -> {
 *     Tracing.span(context).setAttribute("student", request.getName());
 *     return client.call(context, Request.of("grades", LIST, request)); // a child of the handler's span
 * });
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.wrapper.tracing;

import org.jspecify.annotations.NullMarked;
