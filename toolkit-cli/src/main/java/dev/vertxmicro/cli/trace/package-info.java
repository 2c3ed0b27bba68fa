/**
 * The tree of a trace, as a Zipkin has it.
 *
 * <p>go-micro counterpart: none; its users look at the pages of Zipkin or Jaeger.
 *
 * <pre>{@code
 * ZipkinClient zipkin = ZipkinClient.at("http://127.0.0.1:9411");
 * TraceTree.of(zipkin.spans(traceId)).lines().forEach(System.err::println);
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.cli.trace;

import org.jspecify.annotations.NullMarked;
