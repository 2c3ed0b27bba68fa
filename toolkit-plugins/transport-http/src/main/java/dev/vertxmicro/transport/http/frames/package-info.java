/**
 * The HTTP messages of a stream's connection, one after the other in both directions: reads bytes into heads and bodies, and writes
 * them. Knows nothing of what the messages mean.
 */
@NullMarked
package dev.vertxmicro.transport.http.frames;

import org.jspecify.annotations.NullMarked;
