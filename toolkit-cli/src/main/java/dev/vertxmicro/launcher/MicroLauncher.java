package dev.vertxmicro.launcher;

import dev.vertxmicro.command.Commands;
import dev.vertxmicro.command.LaunchException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The main class behind {@code bin/vertx}: runs a command; errors are one line on standard error, and exit codes tell success
 * from failure (0, 1 failed, 2 usage, 15 deployment). However a command fails, the process ends.
 */
public final class MicroLauncher {
    private static final System.Logger.Level TRACE = System.Logger.Level.DEBUG;

    private MicroLauncher() {}

    /**
     * Runs a command.
     *
     * @param args the command and its arguments
     */
    public static void main(String[] args) {
        property("java.util.logging.manager", LastingLogs.class.getName());
        home().map(home -> home.resolve("conf").resolve("logging.properties"))
                .filter(Files::isRegularFile)
                .ifPresent(file -> property("java.util.logging.config.file", file.toString()));
        try {
            if (!Commands.run(args)) {
                System.exit(0);
            }
        } catch (LaunchException e) {
            exit(e);
        } catch (Throwable e) { // whatever it is, nobody is left who would wait for anything
            exit(unexpected(args, e));
        }
    }

    private static void property(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }

    /**
     * Gives the directory of the distribution, which {@code bin/vertx} passes in {@code VERTX_MICRO_HOME}.
     *
     * @return the directory with bin, lib and conf, or empty when started otherwise
     */
    public static Optional<Path> home() {
        return Optional.ofNullable(System.getenv("VERTX_MICRO_HOME"))
                .filter(home -> !home.isEmpty())
                .map(Path::of);
    }

    /** Words what a command did not expect, in one line; the stack trace is logged at debug level. */
    private static LaunchException unexpected(String[] args, Throwable failure) {
        if (failure.getCause() instanceof LaunchException known) {
            return known;
        }
        String command = args.length == 0 ? "vertx" : "vertx " + args[0];
        System.getLogger(MicroLauncher.class.getName()).log(TRACE, command, failure);
        return LaunchException.failed(command + ": " + failure);
    }

    /**
     * Ends the process: what went wrong on standard error, the exit code to the shell. Does not return.
     *
     * @param failure what went wrong
     */
    public static void exit(LaunchException failure) {
        String message =
                String.valueOf(failure.getMessage()).replaceAll("\\s*\\R\\s*", " "); // one line, whoever worded it
        if (!message.isEmpty()) {
            System.err.println(message);
        }
        System.exit(failure.exitCode());
    }
}
