/**
 * go-micro's {@code rpc} client: what one call, stream or message goes through, from the interceptors to the transport.
 *
 * <p>go-micro counterpart: {@code client/rpc_client.go}, {@code rpc_codec.go} and {@code rpc_stream.go}.
 */
@NullMarked
package dev.vertxmicro.client.rpc;

import org.jspecify.annotations.NullMarked;
