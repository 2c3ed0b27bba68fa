/**
 * Wrappers: interceptors that belong together, as modules give them and descriptors name them, and what they are put around.
 *
 * <p>A {@link dev.vertxmicro.wrapper.Wrapper} has interceptors of the client, of its attempts and of the server;
 * {@link dev.vertxmicro.wrapper.Wrappers} is a list of them, the first outermost.
 */
@NullMarked
package dev.vertxmicro.wrapper;

import org.jspecify.annotations.NullMarked;
