/**
 * The exporter {@code zipkin}: sends spans to a Zipkin as its API, version 2, has them in JSON.
 *
 * <p>go-micro counterpart: none of its own; go-plugins' opentracing wrapper with Zipkin's tracer.
 *
 * <pre>{@code
 * "wrappers": [{"type": "tracing", "tracing": {"exporter": "zipkin", "endpoint": "http://127.0.0.1:9411"}}]
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.wrapper.tracing.zipkin;

import org.jspecify.annotations.NullMarked;
