package dev.vertxmicro.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.launcher.VertxHome.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptTest {
    private final VertxHome vertx = VertxHome.shared();

    @TempDir
    Path directory;

    @Test
    void worksThroughASymbolicLinkFromAnywhere() throws IOException {
        Path link = Files.createSymbolicLink(
                directory.resolve("a link"), vertx.directory().resolve("bin").resolve("vertx"));
        Path second = Files.createSymbolicLink(directory.resolve("second"), Path.of("a link"));
        assertThat(link).isSymbolicLink();
        ProcessBuilder builder = vertx.process("version").directory(directory.toFile());
        builder.command(List.of("./" + second.getFileName(), "version"));
        Result result = vertx.run(builder);
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).startsWith("vertx-micro ").contains("Vert.x 5.");
    }

    @Test
    void listsTheCommandsWithoutArguments() {
        assertThat(vertx.run().out()).contains("run ", "call ", "demo ").doesNotContain("train");
        assertThat(vertx.run("--help")).isEqualTo(vertx.run());
        assertThat(vertx.run("run", "--help").out()).contains("--registry ", "--register_ttl ", "--conf");
    }

    private List<String> archives(String kind) throws IOException {
        String ours = kind + System.getProperty("java.version") + "-";
        try (Stream<Path> files = Files.list(vertx.directory())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(ours) && name.contains(".jsa"))
                    .toList();
        }
    }

    /** It starts a cluster of its own for that. */
    @Test
    void makesAnotherArchiveForMembersOfACluster() throws IOException {
        vertx.run("bare", "--help");
        assertThat(archives("vertx-cluster-")).hasSize(1).allMatch(name -> name.endsWith(".jsa"));
    }

    @Test
    void makesTheArchiveOnce() throws IOException {
        vertx.run("version");
        assertThat(archives("vertx-")).hasSize(1).allMatch(name -> name.endsWith(".jsa"));
        ProcessBuilder shared = vertx.process("call", "x", "X.Y", "{}", "--registry=memory");
        shared.environment().put("JAVA_OPTS", "-Xlog:class+load:stderr");
        assertThat(vertx.run(shared).err()).contains("io.vertx.core.impl.VertxImpl source: shared objects file (top)");
    }

    @Test
    void saysWhichJavaItNeeds() throws IOException {
        ProcessBuilder none = vertx.process("version");
        none.environment().put("JAVA_HOME", "/nonexistent");
        Result result = vertx.run(none);
        assertThat(result.err())
                .isEqualTo("vertx: JAVA_HOME: /nonexistent (expected: a JDK 17 or later, with bin/java)\n");
        assertThat(result.exitCode()).isEqualTo(1);

        Path old = directory.resolve("old jdk");
        Path java = Files.createDirectories(old.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho must not run\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(old.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"11.0.2\"\n");
        ProcessBuilder tooOld = vertx.process("version");
        tooOld.environment().put("JAVA_HOME", old.toString());
        Result refused = vertx.run(tooOld);
        assertThat(refused.err())
                .isEqualTo("vertx: " + java + ": version 11.0.2 (expected: a JDK 17 or later, in JAVA_HOME or on the"
                        + " PATH)\n");
        assertThat(refused.exitCode()).isEqualTo(1);
    }

    @Test
    void looksThroughTheJarsOfTheClusterOnlyToJoinOne() {
        assertThat(classPath("version")).doesNotContain("hazelcast");
        assertThat(classPath("services", "--cluster", "--help")).contains("/lib/cluster/", "vertx-hazelcast");
        assertThat(classPath("bare", "--help")).contains("/lib/cluster/", "vertx-hazelcast");
    }

    private String classPath(String... arguments) {
        ProcessBuilder builder = vertx.process(arguments);
        builder.environment().put("JAVA_OPTS", "-XshowSettings:properties");
        return vertx.run(builder).err();
    }

    @Test
    void takesTheUsersClassPath() throws IOException {
        ProcessBuilder builder = vertx.process("run", "my.Own", "-cp", directory + ":/elsewhere.jar");
        Files.createDirectories(directory.resolve("my"));
        Files.write(directory.resolve("my").resolve("Own.class"), new byte[] {1});
        Result result = vertx.run(builder);
        assertThat(result.err()).startsWith("my.Own: cannot be loaded: java.lang.ClassFormatError");
        assertThat(result.exitCode()).isEqualTo(15);
    }
}
