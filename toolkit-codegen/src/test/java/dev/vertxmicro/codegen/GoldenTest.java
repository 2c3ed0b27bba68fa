package dev.vertxmicro.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Run with {@code -Dgolden=write} to write what is generated now, then read the difference. */
class GoldenTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");

    static List<String> cases() {
        return Cases.names().stream()
                .filter(name -> !name.equals("words"))
                .toList(); // compiled, and no pleasure to read
    }

    @ParameterizedTest
    @MethodSource("cases")
    void writesWhatTheGoldenFilesSay(String name) throws IOException {
        Map<String, String> generated = Cases.generate(name, "language=java,kotlin");
        Path folder = GOLDEN.resolve(name);
        if ("write".equals(System.getProperty("golden"))) {
            write(folder, generated);
        }
        Map<String, String> golden = read(folder);
        assertThat(generated.keySet()).containsExactlyElementsOf(golden.keySet());
        golden.forEach(
                (path, content) -> assertThat(generated.get(path)).as(path).isEqualTo(content));
    }

    private static Map<String, String> read(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(path).toString().replace('\\', '/'), Files.readString(path));
            }
        }
        return files;
    }

    private static void write(Path folder, Map<String, String> files) throws IOException {
        if (Files.exists(folder)) {
            for (String old : read(folder).keySet()) {
                Files.delete(folder.resolve(old));
            }
        }
        files.forEach((path, content) -> {
            try {
                Files.createDirectories(folder.resolve(path).getParent());
                Files.writeString(folder.resolve(path), content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
