package dev.vertxmicro.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.vertxmicro.launcher.VertxHome.Running;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Letters beyond ASCII in arguments, variables and paths, under locales that know none. They are written into a script: the JVM of
 * the tests may know none either.
 */
class LocaleTest {
    private final VertxHome vertx = VertxHome.shared();

    @TempDir
    Path directory;

    /** A process of an installation under {@code ü}, whose files are those of the shared one. */
    private ProcessBuilder script(String locale, String command) throws IOException {
        String text =
                """
                set -eu
                unset LANG LC_ALL LC_CTYPE
                export %s
                mkdir -p ü
                cp -R "$HOME_OF_TESTS/bin" "$HOME_OF_TESTS/conf" ü
                ln -sfn "$HOME_OF_TESTS/lib" ü/lib
                export VERTX_NO_ARCHIVE=yes
                %s
                """
                        .formatted(locale, command);
        Path file = directory.resolve("script.sh");
        Files.writeString(file, text, StandardCharsets.UTF_8);
        ProcessBuilder builder = vertx.process().command("sh", file.toString()).directory(directory.toFile());
        builder.environment().put("HOME_OF_TESTS", vertx.directory().toString());
        return builder;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"LANG=C", "LC_ALL=C", "LC_CTYPE=POSIX", "LANG=", "LANG=xx_XX.UTF-8"})
    void takesArgumentsAsTheyWereTyped(String locale) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            int port = server.getAddress().getPort();
            Process process = script(
                            locale, "exec ü/bin/vertx call x X.Y '{\"s\":\"grün 日本 😀\"}' --address 127.0.0.1:" + port)
                    .redirectError(directory.resolve("err").toFile())
                    .start();
            byte[] out = process.getInputStream().readAllBytes();
            assertThat(process.waitFor())
                    .as(Files.readString(directory.resolve("err")))
                    .isZero();
            assertThat(out).isEqualTo(utf8("{\"s\":\"grün 日本 😀\"}\n"));
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"LANG=C", "LC_ALL=C"})
    void takesVariablesAndFilesAsTheyAreNamed(String locale) throws Exception {
        String conf = "{\"registry\":{\"type\":\"memory\"},\"server\":{\"address\":\"127.0.0.1:0\"}}";
        ProcessBuilder builder = script(
                locale,
                "echo '" + conf + "' > größe.json; export MICRO_SERVER_NAME=größe; exec ü/bin/vertx run "
                        + PatientVerticle.class.getName() + " -conf größe.json");
        try (Running service = vertx.start(builder)) {
            String name = service.await("Registering node: ");
            // read in the encoding of this JVM, whatever that is
            assertThat(name).startsWith(new String(utf8("größe-"), nativeEncoding()));
        }
    }

    private static java.nio.charset.Charset nativeEncoding() {
        return java.nio.charset.Charset.forName(System.getProperty("native.encoding"));
    }
}
