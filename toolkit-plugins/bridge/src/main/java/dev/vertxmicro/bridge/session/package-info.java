/**
 * The doors of a bridge, by TCP and by SockJS, and what it does for one client. go-micro has nothing of the kind.
 *
 * <pre>{@code
 * OpenSessions sessions = new OpenSessions(vertx, access, tokens, BridgeLimits.DEFAULTS);
 * new TcpDoor(vertx, TcpOptions.OFF.withAddress("127.0.0.1:7000"), sessions).open();
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.bridge.session;

import org.jspecify.annotations.NullMarked;
