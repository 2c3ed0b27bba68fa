/**
 * What all commands read and print alike.
 *
 * <p>go-micro counterpart: none.
 *
 * <pre>{@code
 * Typed.duration(line, "timeout").ifPresent(session::waits);
 * Output.line("greeter  1.0.0  2 nodes");
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.cli.terminal;

import org.jspecify.annotations.NullMarked;
