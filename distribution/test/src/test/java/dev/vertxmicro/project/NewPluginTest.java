package dev.vertxmicro.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Makes plugins in a copy of the sources, and builds them. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class NewPluginTest {
    private static final Path SOURCES = Path.of(System.getProperty("reactor"));
    private static final Set<String> LEFT_OUT = Set.of(".git", "target", "node_modules");
    private static final Pattern COUNTS = Pattern.compile(
            "<testsuite [^>]*tests=\"(\\d+)\" errors=\"(\\d+)\" skipped=\"(\\d+)\" failures=\"(\\d+)\"");

    @TempDir
    Path directory;

    private Path copy = SOURCES;

    private record Result(int exitCode, String said) {}

    @BeforeEach
    void copySources() throws IOException {
        copy = directory.resolve("a copy");
        Files.walkFileTree(SOURCES, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                String name = folder.getFileName().toString();
                if (!folder.equals(SOURCES) && (LEFT_OUT.contains(name) || name.startsWith(".fast"))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(copy.resolve(SOURCES.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, copy.resolve(SOURCES.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Test
    void makesModulesWhoseSuitesFailAndNothingElse() throws Exception {
        Map<String, String> suites =
                Map.of("transport", "TryOnTransport", "registry", "TryOnRegistry", "broker", "TryOnBroker");
        for (String kind : suites.keySet()) {
            assertThat(make(kind, "try-on").said()).contains("toolkit-plugins/" + kind + "-try-on: made");
        }
        assertThat(Files.readString(copy.resolve("docs/plugins.md")))
                .contains("| registry | `try-on` | `toolkit-registry-try-on` |");
        assertThat(Files.exists(copy.resolve("conf/try-on.json"))).isTrue();

        List<String> build = new ArrayList<>(List.of("./mvnw", "-o", "-B", "-fae", "-am", "test", "-Dtest=TryOn*"));
        build.add("-Dmaven.repo.local=" + System.getProperty("localRepository"));
        build.add("-Dsurefire.failIfNoSpecifiedTests=false");
        build.add("-Dmaven.test.failure.ignore=true");
        suites.keySet().forEach(kind -> build.addAll(List.of("-pl", "toolkit-plugins/" + kind + "-try-on")));
        Result built = run(build);
        assertThat(built.said()).contains("BUILD SUCCESS");
        for (Map.Entry<String, String> suite : suites.entrySet()) {
            Path module = copy.resolve("toolkit-plugins").resolve(suite.getKey() + "-try-on");
            assertThat(broken(module, suite.getValue() + "Test"))
                    .as(suite.getKey())
                    .isPositive();
            assertThat(broken(module, suite.getValue() + "SampleTest")).isPositive();
            assertThat(broken(module, suite.getValue() + "OptionsTest")).isZero();
        }
    }

    private static int broken(Path module, String test) throws IOException {
        try (Stream<Path> reports = Files.list(module.resolve("target/surefire-reports"))) {
            Path report = reports.filter(file -> file.toString().endsWith("." + test + ".xml"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(module + ": no report of " + test));
            Matcher counts = COUNTS.matcher(Files.readString(report));
            assertThat(counts.find()).as(test).isTrue();
            assertThat(Integer.parseInt(counts.group(1))).as(test).isPositive();
            return Integer.parseInt(counts.group(2)) + Integer.parseInt(counts.group(4));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "store  | etcd    | KIND: \"store\" (expected: transport / registry / broker)",
                "broker | Nats    | NAME: \"Nats\" (expected: lower-case letters and digits",
                "broker | a--b    | NAME: \"a--b\" (expected: lower-case letters and digits",
                "broker | new     | NAME: \"new\": new is a keyword of Java (expected: another name)",
                "broker | mqtt    | broker mqtt in toolkit-engine/src/main/resources/dev/vertxmicro/spi/plugins.txt is there",
                "broker | event-bus-x/.. | NAME: \"event-bus-x/..\"",
                "registry | dnssd | toolkit-plugins/registry-dns-sd/src/main/java/dev/vertxmicro/registry/dnssd is there",
            })
    void refusesInOneLineAndWritesNothing(String kind, String name, String message) throws Exception {
        Map<String, String> before = files();
        Result refused = make(kind, name);
        assertThat(refused.said().replace(" | ", " / "))
                .startsWith("new-plugin: " + message)
                .hasLineCount(1);
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void writesNothingWhereAPomIsNotAsItExpects() throws Exception {
        Path pom = copy.resolve("toolkit-cli/pom.xml");
        Files.writeString(pom, Files.readString(pom).replace("toolkit-service-discovery", "toolkit-eventbus"));
        Map<String, String> before = files();
        Result refused = make("registry", "eureka");
        assertThat(refused.said())
                .isEqualTo("new-plugin: toolkit-cli/pom.xml: no dependency on toolkit-service-discovery (expected: one,"
                        + " to enter toolkit-registry-eureka before)\n");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(files()).isEqualTo(before);
    }

    /** Sizes of all files, and what stands in those that are entered into. */
    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(copy)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = file.toString();
                boolean text = name.endsWith("pom.xml") || name.endsWith("plugins.txt") || name.endsWith("plugins.md");
                files.put(name, text ? Files.readString(file) : String.valueOf(Files.size(file)));
            }
        }
        return files;
    }

    private Result make(String kind, String name) throws Exception {
        return run(List.of("bin/new-plugin", kind, name));
    }

    private Result run(List<String> command) throws Exception {
        Path output = Files.createTempFile(directory, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(copy.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().keySet().removeIf(name -> name.startsWith("MAVEN_"));
        int exit = builder.start().waitFor();
        return new Result(exit, Files.readString(output, StandardCharsets.UTF_8));
    }
}
