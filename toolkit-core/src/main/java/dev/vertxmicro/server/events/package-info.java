/**
 * What a server's subscribers get: the messages of a broker and those that come to the port of the calls.
 *
 * <p>go-micro counterpart: {@code server/subscriber.go} and {@code HandleEvent} of {@code server/rpc_server.go}.
 */
@NullMarked
package dev.vertxmicro.server.events;

import org.jspecify.annotations.NullMarked;
