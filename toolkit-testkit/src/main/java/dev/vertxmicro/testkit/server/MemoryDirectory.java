package dev.vertxmicro.testkit.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Makes directories in memory where the system has a place for that: for servers that wait for the disk after each message. What a
 * killed process has written is there, as it would be on a disk.
 */
public final class MemoryDirectory implements TempDirFactory {
    private static final Path MEMORY = Path.of("/dev/shm");

    /** For {@code @TempDir(factory = MemoryDirectory.class)}. */
    public MemoryDirectory() {}

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension) throws IOException {
        return Files.isWritable(MEMORY)
                ? Files.createTempDirectory(MEMORY, "vertx-micro")
                : Files.createTempDirectory("vertx-micro");
    }
}
