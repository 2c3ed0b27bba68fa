/**
 * go-micro's {@code rpc} server: listening and registration, and the way of a call or stream from the transport to its handler and
 * back.
 *
 * <p>go-micro counterpart: {@code server/rpc_server.go}, {@code rpc_codec.go} and {@code rpc_stream.go}.
 */
@NullMarked
package dev.vertxmicro.server.rpc;

import org.jspecify.annotations.NullMarked;
