package dev.vertxmicro.config;

/** Says what is wrong with a value of a configuration, beginning with its JSON path. */
public final class ConfigException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception: one line. User and password of an address in the problem are hidden, long values are shortened.
     *
     * @param path where, such as {@code $.server.address}
     * @param problem the value and what was expected
     */
    public ConfigException(String path, String problem) {
        super(Shown.path(path) + ": " + Shown.problem(Secret.masked(problem)));
    }
}
