package dev.vertxmicro.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.launcher.VertxHome.Result;
import dev.vertxmicro.launcher.VertxHome.Running;
import dev.vertxmicro.testkit.server.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** conf/tls/greeter.json, in a directory where its certificate is. */
class TlsRunTest {
    private final VertxHome vertx = VertxHome.shared();

    @TempDir
    Path directory;

    @BeforeEach
    void prepare() throws IOException {
        Path tls = Files.createDirectories(directory.resolve("conf").resolve("tls"));
        Files.copy(Path.of("..", "conf", "tls", "greeter.json"), tls.resolve("greeter.json"));
        TestCertificate.create(tls, "server", "ip:127.0.0.1");
    }

    private ProcessBuilder process(String... arguments) {
        return vertx.process(arguments).directory(directory.toFile());
    }

    private ProcessBuilder service() {
        String[] arguments = {
            "run", PatientVerticle.class.getName(), "-conf", "conf/tls/greeter.json", "--registry=memory"
        };
        return process(arguments).redirectErrorStream(true);
    }

    @Test
    void servesAndCallsOverTls() throws Exception {
        try (Running service = new Running(service().start())) {
            String address = service.await("Listening on ");
            // on a busy machine the classes of TLS alone take both sides seconds to load
            String[] call = {
                "call", "greeter", "Patient.Hello", "{\"name\":\"John\"}", "--timeout", "50s", "--address", address
            };
            List<String> trusting = new ArrayList<>(List.of(call));
            trusting.addAll(List.of("-conf", "conf/tls/greeter.json"));
            Result secured = vertx.run(process(trusting.toArray(new String[0])));
            assertThat(secured.err()).isEmpty();
            assertThat(secured.out()).contains("Hello John");
            Result plain = vertx.run(process(call));
            assertThat(plain.exitCode()).isNotZero();
            assertThat(plain.out()).isEmpty();
            assertThat(plain.err())
                    .contains("EOF: " + address + " closed the connection")
                    .contains("transport.http.tls");
        }
    }

    @Test
    void namesTheFileThatIsMissing() throws IOException {
        Files.delete(directory.resolve("conf/tls/server.key"));
        Result result = vertx.run(service().redirectErrorStream(false));
        assertThat(result.err())
                .isEqualTo("conf/tls/greeter.json: $.transport.http.tls.key: conf/tls/server.key: not readable"
                        + " (expected: a PEM file)\n");
        assertThat(result.exitCode()).isEqualTo(15);
    }
}
