package dev.vertxmicro.command;

import dev.vertxmicro.config.Secret;

/** Ends the process: one message for standard error, and the exit code. Carries no stack trace. */
public final class LaunchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Exit code for a command line that cannot be understood. */
    public static final int USAGE = 2;
    /** Exit code for a command that failed. */
    public static final int FAILED = 1;
    /** Exit code for a verticle that could not be deployed. */
    public static final int DEPLOYMENT = 15;

    private final int exitCode;

    private LaunchException(int exitCode, String message) {
        super(Secret.masked(message), null, false, false);
        this.exitCode = exitCode;
    }

    /**
     * Says that the command line is wrong.
     *
     * @param message what is wrong and what was expected
     * @return the exception, exit code 2
     */
    public static LaunchException usage(String message) {
        return new LaunchException(USAGE, message);
    }

    /**
     * Says that a verticle cannot be deployed, its descriptor included.
     *
     * @param message what is wrong and what was expected
     * @return the exception, exit code 15
     */
    public static LaunchException deployment(String message) {
        return new LaunchException(DEPLOYMENT, message);
    }

    /**
     * Says that a command failed.
     *
     * @param message why, perhaps empty if all was said
     * @return the exception, exit code 1
     */
    public static LaunchException failed(String message) {
        return new LaunchException(FAILED, message);
    }

    /**
     * Says that something failed, with an exit code that users of Vert.x know.
     *
     * @param exitCode the code
     * @param message why
     * @return the exception
     */
    public static LaunchException of(int exitCode, String message) {
        return new LaunchException(exitCode, message);
    }

    /**
     * Gives the exit code.
     *
     * @return the code
     */
    public int exitCode() {
        return exitCode;
    }
}
