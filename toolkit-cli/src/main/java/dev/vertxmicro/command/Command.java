package dev.vertxmicro.command;

/**
 * One command of {@code bin/vertx}. It has a constructor without parameters, is made for one run, and is made only when it was
 * asked for; the commands of the distribution stand in {@link Commands}, those of other jars in
 * {@code META-INF/services/dev.vertxmicro.command.Command}.
 */
public interface Command {

    /**
     * Says what it is called and what it takes. Cheap: reads and opens nothing.
     *
     * @return its usage
     */
    Usage usage();

    /**
     * Does it, on the main thread. When this returns the process ends with 0, unless it {@link #lasts}; whatever this throws
     * ends it with one line on standard error: a {@link LaunchException} with its exit code, anything else with 1.
     *
     * @param line what was typed, checked against the usage
     * @throws Exception to fail
     */
    void run(CommandLine line) throws Exception;

    /**
     * Tells whether the process goes on after {@link #run}, as of a command that has started a service.
     *
     * @return false, unless a command says otherwise
     */
    default boolean lasts() {
        return false;
    }
}
