/**
 * What flags, variables and files say together: a descriptor and what is laid over it.
 *
 * <p>go-micro counterpart: {@code config/cmd} and its flags.
 *
 * <pre>{@code
 * String server = new Overlay(line, System.getenv()).apply(ConfigFile.read("-conf", "greeter.json").json());
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.launcher.overlay;

import org.jspecify.annotations.NullMarked;
