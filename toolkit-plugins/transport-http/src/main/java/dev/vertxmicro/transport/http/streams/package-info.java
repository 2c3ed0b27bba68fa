/**
 * Streams in go-micro's form, each on a connection of its own at the caller's end; a server takes its end over from Vert.x.
 *
 * <p>go-micro counterparts: {@code client/rpc_stream.go}, {@code server/rpc_stream.go}.
 */
@NullMarked
package dev.vertxmicro.transport.http.streams;

import org.jspecify.annotations.NullMarked;
