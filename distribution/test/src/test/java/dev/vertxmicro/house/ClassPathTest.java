package dev.vertxmicro.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What somebody who depends on toolkit-verticles gets, as Maven resolved it: an addition is a decision. */
class ClassPathTest {
    private static final Path TARGET = Path.of("..", "..", "toolkit-verticles", "target");
    private static final long LIMIT = 13L << 20;

    private final List<Path> jars;

    ClassPathTest() throws IOException {
        jars = Stream.of(Files.readString(TARGET.resolve("classpath")).strip().split(File.pathSeparator, -1))
                .map(Path::of)
                .toList();
    }

    @Test
    void holdsTheDefaultsAndWhatTheyStandOn() {
        assertThat(jars)
                .map(jar -> jar.getFileName().toString().replaceFirst("-\\d+\\..*", ""))
                .containsExactlyInAnyOrder(
                        "toolkit-broker-http",
                        "toolkit-core",
                        "toolkit-engine",
                        "toolkit-eventbus",
                        "toolkit-registry-mdns",
                        "toolkit-transport-http",
                        "dnsjava",
                        "jackson-annotations",
                        "jackson-core",
                        "jackson-databind",
                        "jspecify",
                        "netty-buffer",
                        "netty-codec-base",
                        "netty-codec-compression",
                        "netty-codec-dns",
                        "netty-codec-http",
                        "netty-codec-http2",
                        "netty-codec-socks",
                        "netty-common",
                        "netty-handler",
                        "netty-handler-proxy",
                        "netty-resolver",
                        "netty-resolver-dns",
                        "netty-transport",
                        "netty-transport-native-unix-common",
                        "protobuf-java",
                        "slf4j-api",
                        "vertx-core",
                        "vertx-core-logging");
    }

    @Test
    void isSmall() throws IOException {
        long bytes = 0;
        for (Path jar : jars) {
            bytes += Files.size(jar);
        }
        try (Stream<Path> own = Files.list(TARGET)) {
            bytes += Files.size(own.filter(
                            file -> file.getFileName().toString().matches("toolkit-verticles-[^-]+(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow());
        }
        assertThat(bytes).isBetween(LIMIT / 2, LIMIT);
    }
}
