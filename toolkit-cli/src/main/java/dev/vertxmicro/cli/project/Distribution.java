package dev.vertxmicro.cli.project;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;

/**
 * Where this program was unpacked, or built.
 *
 * @param directory that has {@code lib}, {@code template} and {@code repository}
 * @param command   what its user types: the path of bin/vertx
 */
public record Distribution(Path directory, Path command) {
    /**
     * Gives the one that this class was loaded from.
     *
     * @param home what bin/vertx says of itself, {@code VERTX_MICRO_HOME}; empty if it did not start this
     * @return the distribution
     * @throws IllegalStateException with one line, if there is none around this class
     */
    public static Distribution here(String home) {
        CodeSource source = Distribution.class.getProtectionDomain().getCodeSource();
        Path jar = source == null ? Path.of("") : path(source);
        Path lib = jar.toAbsolutePath().getParent();
        Path directory = lib == null || lib.getParent() == null ? jar : lib.getParent();
        if (!Files.isDirectory(directory.resolve("template"))) {
            throw new IllegalStateException(
                    directory + ": has no folder template (expected: vertx-micro as it was built,"
                            + " or unpacked; run its bin/vertx)");
        }
        Path base = home.isEmpty() ? directory : Path.of(home);
        return new Distribution(directory, base.resolve("bin").resolve("vertx"));
    }

    private static Path path(CodeSource source) {
        try {
            return Path.of(new URI(source.getLocation().toString()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(source.getLocation() + ": " + e.getMessage(), e);
        }
    }

    /** Gives the folder that projects are made of. */
    Path template() {
        return directory.resolve("template");
    }

    /** Gives the folder with our artifacts. */
    Path repository() {
        return directory.resolve("repository");
    }
}
