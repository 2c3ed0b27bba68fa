package dev.vertxmicro.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GeneratedJavaTest {
    @TempDir
    Path folder;

    static List<String> cases() {
        return Cases.names();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void compilesWithoutAWarning(String name) {
        assertThat(Compiled.into(folder, Cases.generate(name, ""))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void compilesTheEndpointsThatKotlinNeedsAlone(String name) {
        assertThat(Compiled.into(folder, Cases.generate(name, "language=kotlin")))
                .isEmpty();
    }

    @Test
    void greetsOverTheGeneratedHandlerAndClient() throws Exception {
        run("helloworld", "Greetings");
    }

    @Test
    void carriesStreamsOfAllKinds() throws Exception {
        run("streaming", "Streams");
    }

    @Test
    void publishesToTheTopicsThatMessagesName() throws Exception {
        run("topics", "Messages");
    }

    /** Runs a program of src/test/programs, compiled together with what is generated; it throws what is wrong. */
    private void run(String name, String program) throws Exception {
        Map<String, String> sources = new TreeMap<>(Cases.generate(name, ""));
        String file = program + ".java";
        sources.put(file, read(Path.of("src", "test", "programs", file)));
        assertThat(Compiled.into(folder, sources)).isEmpty();
        try (URLClassLoader loader = Compiled.load(folder)) {
            Runnable running = (Runnable)
                    loader.loadClass(program).getDeclaredConstructor().newInstance();
            running.run();
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file);
    }
}
