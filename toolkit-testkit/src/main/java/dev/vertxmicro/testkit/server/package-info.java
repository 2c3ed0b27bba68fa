/**
 * Real servers that an adapter is tested against, each on ports of its own of 127.0.0.1, which can be stopped, killed and started
 * again with what they kept.
 *
 * <pre>{@code
 * try (Mosquitto server = Mosquitto.persistent(directory)) {
 *     server.kill();
 *     server.start();
 * }
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.testkit.server;

import org.jspecify.annotations.NullMarked;
