/**
 * What a command of {@code bin/vertx} is: its usage, which is also its help, its completion and its page, and what it does.
 * Nothing here is found by annotations or reflection on the way of one command.
 *
 * <p>go-micro counterpart: {@code micro/cli}, its command line library.
 *
 * <pre>{@code
 * public final class PingCommand implements Command {
 *     public Usage usage() {
 *         return Usage.named("ping", "Asks a node whether it is there.")
 *                 .argument("address", "Where it is, host:port.")
 *                 .flag("timeout", "duration", "Time for the answer, such as 500ms.")
 *                 .build();
 *     }
 *
 *     public void run(CommandLine line) {
 *         System.out.println(ping(line.argument("address"), line.value("timeout", "5s")));
 *     }
 * }
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.command;

import org.jspecify.annotations.NullMarked;
