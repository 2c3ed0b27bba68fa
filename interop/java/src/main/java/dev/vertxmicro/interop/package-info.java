/**
 * Our side of the tests with stock go-micro: a service that can be asked for every kind of call and failure, and a program that asks.
 *
 * <p>go-micro counterpart: the Go program in {@code interop/}, which serves and asks the same.
 *
 * <pre>{@code
 * bin/vertx run dev.vertxmicro.interop.PeerVerticle   // here
 * interop/target/interop check -service java.peer      // in another terminal
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.interop;

import org.jspecify.annotations.NullMarked;
