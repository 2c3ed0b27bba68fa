/**
 * Many calls at once on one connection between our own peers: the upgrade to it, its frames, its two ends.
 */
@NullMarked
package dev.vertxmicro.transport.http.multiplex;

import org.jspecify.annotations.NullMarked;
