/**
 * What all commands read and print alike.
 *
 * <p>go-micro counterpart: none.
 *
 * <pre>{@code
 * Duration timeout = Typed.duration(line, "timeout").orElse(Duration.ofSeconds(5));
 * Output.line("greeter  1.0.0  2 nodes");
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.cli.terminal;

import org.jspecify.annotations.NullMarked;
