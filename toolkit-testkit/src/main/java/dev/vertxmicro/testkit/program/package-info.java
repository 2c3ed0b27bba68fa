/**
 * Programs that a test starts: other JVMs, programs in Go, shells, each in a network of its own where it sends anything but to
 * loopback; and what a machine must have for them, which {@link dev.vertxmicro.testkit.program.Requires} says of a test.
 *
 * <pre>{@code
 * try (NetworkNamespace network = NetworkNamespace.create().withMulticast();
 *         JavaProcess peer = JavaProcess.start(network, "examples.Peer")) {
 *     peer.await("Registering node");
 * }
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.testkit.program;

import org.jspecify.annotations.NullMarked;
