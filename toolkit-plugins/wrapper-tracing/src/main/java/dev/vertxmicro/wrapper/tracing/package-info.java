/**
 * Traces by OpenTelemetry: a span for each call, attempt, stream and message of clients, and for each that a handler sees, exported by
 * OTLP.
 *
 * <p>go-micro counterpart: {@code wrapper/trace/opentracing} of go-plugins.
 *
 * <pre>{@code
 * Endpoint<StringValue, StringValue> list = Endpoint.unary("Grades.List", StringValue.class, StringValue.class);
 *
 * server.handle(Endpoint.unary("Students.Show", StringValue.class, StringValue.class), (request, context) -> {
 *     Tracing.span(context).setAttribute("student", request.getValue());
 *     return client.call(context, Request.of("grades", list, request)); // a child of the handler's span
 * });
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.wrapper.tracing;

import org.jspecify.annotations.NullMarked;
