/** What is measured: the same greeting by this toolkit, by bare Vert.x and by gRPC, each a server and a way to call it. */
@NullMarked
package dev.vertxmicro.bench.unary.subject;

import org.jspecify.annotations.NullMarked;
