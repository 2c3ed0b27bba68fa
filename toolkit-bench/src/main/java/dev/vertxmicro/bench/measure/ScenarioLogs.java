package dev.vertxmicro.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** What the processes of a scenario log, a file each; closing it keeps them where {@code bench.logs} says, else they go. */
public final class ScenarioLogs implements AutoCloseable {
    private final String scenario;
    private final Path directory;

    private ScenarioLogs(String scenario, Path directory) {
        this.scenario = scenario;
        this.directory = directory;
    }

    /**
     * Makes room for them.
     *
     * @param scenario whose logs they are
     * @return the logs
     * @throws IOException if there is no room
     */
    public static ScenarioLogs of(String scenario) throws IOException {
        return new ScenarioLogs(scenario, Files.createTempDirectory("bench"));
    }

    /** Where processes write. */
    public Path directory() {
        return directory;
    }

    @Override
    public void close() throws IOException {
        String kept = System.getProperty("bench.logs", "");
        List<Path> files;
        try (Stream<Path> found = Files.list(directory)) {
            files = found.toList();
        }
        for (Path file : files) {
            if (kept.isEmpty()) {
                Files.delete(file);
            } else {
                Path to = Path.of(kept, scenario);
                Files.createDirectories(to);
                Files.move(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.delete(directory);
    }
}
