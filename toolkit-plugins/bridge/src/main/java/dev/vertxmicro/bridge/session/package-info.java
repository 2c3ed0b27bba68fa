/**
 * The doors of a bridge, by TCP and by SockJS, and what it does for one client. go-micro has nothing of the kind.
 *
 * <pre>{@code
 * TcpOptions loopback = TcpOptions.OFF.withAddress("127.0.0.1:7000");
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.bridge.session;

import org.jspecify.annotations.NullMarked;
