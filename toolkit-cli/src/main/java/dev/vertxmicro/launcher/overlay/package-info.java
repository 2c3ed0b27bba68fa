/**
 * What flags, variables and files say together: a descriptor and what is laid over it.
 *
 * <p>go-micro counterpart: {@code config/cmd} and its flags.
 *
 * <pre>{@code
 * JsonObject effective = Overlay.of(line, System.getenv()).over(descriptor);
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.launcher.overlay;

import org.jspecify.annotations.NullMarked;
