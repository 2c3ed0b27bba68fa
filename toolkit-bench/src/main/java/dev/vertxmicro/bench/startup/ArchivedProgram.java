package dev.vertxmicro.bench.startup;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A program of this module with what {@code bin/vertx} gives its own: the distribution's jars, its flags, a class-data archive.
 *
 * @param main      its class
 * @param flags     of the JVM, beside those that all have
 * @param directory for the jar and the archive
 * @param classPath the distribution's jars and this module's
 */
record ArchivedProgram(Class<?> main, List<String> flags, Path directory, String classPath) {
    /** What bin/vertx always passes. */
    private static final List<String> COMMON = List.of(
            "-XX:-UsePerfData",
            "-Xshare:auto",
            "-Xlog:disable",
            "-Dio.netty.leakDetection.level=disabled",
            "-Dio.netty.jfr.enabled=false");

    /** What bin/vertx passes to commands. */
    static final List<String> OF_COMMANDS =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m", "-Dvertx.disableDnsResolver=true");

    static ArchivedProgram of(Class<?> main, List<String> flags, Path lib) throws IOException {
        Path directory = Files.createTempDirectory("archived");
        Path jar = directory.resolve("bench.jar");
        pack(Path.of(main.getProtectionDomain().getCodeSource().getLocation().getPath()), jar);
        try (Stream<Path> jars = Files.list(lib)) {
            String path = jars.map(Path::toString)
                    .filter(each -> each.endsWith(".jar"))
                    .sorted()
                    .collect(Collectors.joining(":"));
            return new ArchivedProgram(main, flags, directory, path + ":" + jar);
        }
    }

    /** Archives take no classes from directories. */
    private static void pack(Path classes, Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out, manifest);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".class")).toList()) {
                zip.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                zip.write(Files.readAllBytes(file));
            }
        }
    }

    /** Gives the command that makes the archive when it ends. */
    List<String> training(String... arguments) {
        return command("-XX:ArchiveClassesAtExit=" + archive(), arguments);
    }

    /** Gives the command that uses it. */
    List<String> command(String... arguments) {
        if (!Files.exists(archive())) {
            throw new UncheckedIOException(new IOException(archive() + ": no archive (expected: made by training)"));
        }
        return command("-XX:SharedArchiveFile=" + archive(), arguments);
    }

    private Path archive() {
        return directory.resolve("classes.jsa");
    }

    private List<String> command(String archive, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(COMMON);
        command.add(archive);
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
