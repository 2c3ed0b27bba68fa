package dev.vertxmicro.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Types what a user types, from the unpacked archive to the first answered call. The local repository is empty; behind the
 * distribution's own folder stands what this build has fetched from Maven Central, without anything of ours, so that it need
 * not be fetched again.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class NewProjectRunTest {
    @TempDir
    static Path directory;

    private static Path vertx;
    private static Path fetched;

    @BeforeAll
    static void unpack() throws Exception {
        Path home = Files.createDirectory(directory.resolve("a home"));
        finished(home, "tar", "-xzf", archive(), "--strip-components=1");
        vertx = home.resolve("bin/vertx");
        fetched = fetched(Path.of(System.getProperty("localRepository")));
    }

    private static String archive() {
        Path target = Path.of(System.getProperty("reactor"), "distribution", "target");
        return target.resolve("vertx-micro-" + System.getProperty("version") + ".tar.gz")
                .toString();
    }

    /** Links to all of a repository, except to what an earlier build of ours has installed there. */
    private static Path fetched(Path repository) throws IOException {
        Path links = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "fetched");
        Path dev = Files.createDirectory(links.resolve("dev"));
        for (Path each : entries(repository)) {
            if (!each.endsWith("dev")) {
                Files.createSymbolicLink(links.resolve(each.getFileName()), each);
            }
        }
        for (Path each :
                Files.exists(repository.resolve("dev")) ? entries(repository.resolve("dev")) : List.<Path>of()) {
            if (!each.endsWith("vertxmicro")) {
                Files.createSymbolicLink(dev.resolve(each.getFileName()), each);
            }
        }
        return links;
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }

    @Test
    void buildsRunsAndAnswersInJava() throws Exception {
        Path project = directory.resolve("go.micro.srv.order-service");
        String said = finished(
                directory, vertx.toString(), "new", "go.micro.srv.order-service", "--package", "org.shop.orders");
        assertThat(said).contains("./mvnw package", "org.shop.orders.OrderVerticle");
        assertThat(build(project)).contains("Tests run: 3, Failures: 0, Errors: 0, Skipped: 0");

        Process service = run(project);
        try (BufferedReader output = service.inputReader(StandardCharsets.UTF_8)) {
            String address = address(output);
            String[] call = {
                vertx.toString(), "call", "go.micro.srv.order-service", "Order.Hello", "", "--address", address
            };
            call[4] = "{\"name\": \"davie\"}";
            assertThat(finished(project, call)).isEqualTo("{\"greeting\":\"Hello davie\"}\n");
            service.toHandle().destroy(); // its output stays open
            output.lines().forEach(line -> {});
            assertThat(service.waitFor()).isEqualTo(143);
        } finally {
            service.destroyForcibly();
        }
    }

    @Test
    void buildsInKotlin() throws Exception {
        Path project = directory.resolve("in kotlin");
        finished(directory, vertx.toString(), "new", "greeter", "--kotlin", "--dir", project.toString());
        assertThat(build(project)).contains("Tests run: 3, Failures: 0, Errors: 0, Skipped: 0");
    }

    @Test
    void showsTheDemonstration() throws Exception {
        assertThat(finished(directory, vertx.toString(), "demo"))
                .contains("$ vertx call greeter Greeter.Hello", "{\"greeting\":\"Hello John\"}", "exit code");
    }

    private static String build(Path project) throws Exception {
        Path config = project.resolve(".mvn/maven.config");
        String line = Files.readString(config, StandardCharsets.UTF_8).strip();
        assertThat(line).isEqualTo("-Dmaven.repo.local.tail=" + directory.resolve("a home/repository"));
        Files.writeString(config, line + "," + fetched + "\n", StandardOpenOption.TRUNCATE_EXISTING);
        Path local = Files.createDirectories(directory.resolve("local repository"));
        return finished(
                project,
                "./mvnw",
                "-B",
                "-ntp",
                "-Dmaven.repo.local=" + local,
                "-Dkotlin.compiler.daemon=false",
                "package");
    }

    private static Process run(Path project) throws IOException {
        return process(
                        project,
                        List.of(
                                vertx.toString(),
                                "run",
                                "org.shop.orders.OrderVerticle",
                                "-conf",
                                "conf/order-service.json",
                                "-cp",
                                "target/order-service.jar",
                                "--registry=memory",
                                "--server_address=127.0.0.1:0"))
                .start();
    }

    /** Reads on until the service says where it listens and that it is registered. */
    private static String address(BufferedReader output) throws IOException {
        List<String> said = new ArrayList<>();
        String address = "";
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.add(line);
            int at = line.indexOf("Listening on ");
            address = at < 0 ? address : line.substring(at + "Listening on ".length());
            if (line.contains("Registering node: ")) {
                return address;
            }
        }
        throw new AssertionError("ended: " + said);
    }

    /** Runs a program; gives what it printed. */
    private static String finished(Path folder, String... command) throws Exception {
        Path output = Files.createTempFile(directory, "output", ".txt");
        Process process = process(folder, List.of(command))
                .redirectOutput(output.toFile())
                .start();
        int exit = process.waitFor();
        String said = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(exit).as("%s: %s", List.of(command), said).isZero();
        return said;
    }

    private static ProcessBuilder process(Path folder, List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("VERTX_NO_ARCHIVE", "true");
        builder.environment().keySet().removeIf(name -> name.startsWith("MICRO_") || name.startsWith("MAVEN_"));
        return builder;
    }
}
