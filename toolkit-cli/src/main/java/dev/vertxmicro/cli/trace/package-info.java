/**
 * The tree of a trace, as a Zipkin has it.
 *
 * <p>go-micro counterpart: none; its users look at the pages of Zipkin or Jaeger.
 */
@NullMarked
package dev.vertxmicro.cli.trace;

import org.jspecify.annotations.NullMarked;
