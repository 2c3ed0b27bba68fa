/** Unary calls between two JVMs, beside a bare Vert.x echo and grpc-java. */
@NullMarked
package dev.vertxmicro.bench.unary;

import org.jspecify.annotations.NullMarked;
