/**
 * How many calls run, of all callers and of each, and which are refused for it.
 *
 * <p>go-micro has no counterpart: its server takes what comes.
 */
@NullMarked
package dev.vertxmicro.server.load;

import org.jspecify.annotations.NullMarked;
