/**
 * The processes in the background, to be listed and stopped.
 *
 * <p>go-micro counterpart: none: that of Vert.x's launcher.
 *
 * <pre>{@code
 * bin/vertx list
 * bin/vertx stop greeter
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.launcher.process;

import org.jspecify.annotations.NullMarked;
