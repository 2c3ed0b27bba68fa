/**
 * Makes the Vert.x that flags ask for, and closes it at the end.
 *
 * <p>go-micro counterpart: none: that of Vert.x's launcher.
 *
 * <pre>{@code
 * bin/vertx bare --cluster-host 127.0.0.1
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.launcher.start;

import org.jspecify.annotations.NullMarked;
