package dev.vertxmicro.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Builds toolkit-codegen/src/it/sample-project with a local repository of its own that has our artifacts as this reactor made
 * them; all else comes from the user's repository behind it.
 */
class SampleProjectTest {
    private static final Path REACTOR = Path.of(System.getProperty("reactor"));
    private static final String VERSION = System.getProperty("version");
    private static final List<String> MODULES =
            List.of("toolkit-bom", "toolkit-core", "toolkit-testkit", "toolkit-codegen");

    @TempDir
    Path folder;

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void buildsAndRunsAUsersProject() throws Exception {
        Path repository = folder.resolve("repository");
        install(repository, "vertx-micro", REACTOR);
        for (String module : MODULES) {
            install(repository, module, REACTOR.resolve(module));
        }
        Path project = folder.resolve("sample-project");
        copy(REACTOR.resolve("toolkit-codegen/src/it/sample-project"), project);

        Path said = folder.resolve("maven.log");
        Process maven = new ProcessBuilder(
                        REACTOR.resolve(File.separatorChar == '/' ? "mvnw" : "mvnw.cmd")
                                .toString(),
                        "--batch-mode",
                        "--no-transfer-progress",
                        "--file",
                        project.resolve("pom.xml").toString(),
                        "-Dmaven.repo.local=" + repository,
                        "-Dmaven.repo.local.tail=" + System.getProperty("localRepository"),
                        "test")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        int exit = maven.waitFor();

        String log = Files.readString(said, StandardCharsets.UTF_8);
        assertThat(exit).as(log).isZero();
        assertThat(log).contains("Tests run: 2, Failures: 0, Errors: 0, Skipped: 0");
    }

    /** Puts a module where {@code mvn install} would. */
    private static void install(Path repository, String artifact, Path module) throws IOException {
        Path target = repository.resolve("dev/vertxmicro").resolve(artifact).resolve(VERSION);
        Files.createDirectories(target);
        String name = artifact + "-" + VERSION;
        Files.copy(module.resolve("pom.xml"), target.resolve(name + ".pom"));
        Path jar = module.resolve("target").resolve(name + ".jar");
        if (Files.exists(jar)) {
            Files.copy(jar, target.resolve(name + ".jar"));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(path).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(path, copy);
            }
        }
    }
}
