package dev.vertxmicro.cli.project;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where a new project goes: a folder that is not there, or empty. All of its files are written, or none. */
public final class ProjectFolder {
    private ProjectFolder() {}

    /**
     * Refuses a folder that has something in it.
     *
     * @param folder to be written
     * @throws IllegalArgumentException with one line, if it is not free
     * @throws IOException if it cannot be looked into
     */
    public static void requireFree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(folder + ": is a file (expected: no such folder, or an empty one)");
        }
        try (Stream<Path> entries = Files.list(folder)) {
            entries.findFirst().ifPresent(entry -> {
                throw new IllegalArgumentException(folder + ": has files, such as " + entry.getFileName()
                        + " (expected: no such folder, or an empty one)");
            });
        }
    }

    /**
     * Writes a project.
     *
     * @param folder free, see {@link #requireFree}; it is made with those above it
     * @param files  of the project
     * @throws IOException if something could not be written; then nothing of it is left
     */
    public static void write(Path folder, List<ProjectFile> files) throws IOException {
        List<Path> made = new ArrayList<>();
        try {
            Path absolute = folder.toAbsolutePath().normalize();
            makeFolders(absolute, made);
            for (ProjectFile file : files) {
                Path path = absolute.resolve(file.path());
                makeFolders(path.getParent(), made);
                if (Files.exists(path)) {
                    throw new FileAlreadyExistsException(path.toString());
                }
                made.add(path);
                Files.write(path, file.content());
                if (file.executable() && !path.toFile().setExecutable(true)) {
                    throw new IOException(path + ": cannot be made executable");
                }
            }
        } catch (IOException | RuntimeException e) {
            remove(made, e);
            throw e;
        }
    }

    private static void makeFolders(@Nullable Path folder, List<Path> made) throws IOException {
        List<Path> missing = new ArrayList<>();
        for (@Nullable Path each = folder; each != null && !Files.exists(each); each = each.getParent()) {
            missing.add(each);
        }
        Collections.reverse(missing);
        for (Path each : missing) {
            Files.createDirectory(each);
            made.add(each);
        }
    }

    private static void remove(List<Path> made, Exception cause) {
        for (int i = made.size() - 1; i >= 0; i--) {
            try {
                Files.deleteIfExists(made.get(i));
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }
    }
}
