package dev.vertxmicro.registry.nats;

import static dev.vertxmicro.registry.nats.NatsKind.service;
import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.server.FreePorts;
import dev.vertxmicro.testkit.server.NatsServer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What questions and watches leave behind at the server, and a registry in this process. */
@Requires(Requirement.NATS)
class NothingLeftTest {
    private static final int QUESTIONS = 50;
    private static final int STILL_ENDING = 5;
    private static final long PATIENCE_MILLIS = 10_000;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        result(vertx.close());
    }

    private static int count(int port, String page, String key) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + page))
                .build();
        String body = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        return new JsonObject(body).getInteger(key, 0);
    }

    private static List<Thread> ofJnats() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("vertx-micro:"))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void questionsAndWatchesEnd(NatsKind kind, @TempDir Path directory) throws Exception {
        int monitor = FreePorts.next();
        try (NatsServer server = NatsServer.start(directory, "-m", String.valueOf(monitor))) {
            Registry registry = kind.registry(vertx, server.address());
            result(registry.register(service("greeter", 1), Duration.ofSeconds(60)));
            result(registry.get("greeter"));
            int subscriptions = count(monitor, "/subsz", "num_subscriptions");
            int consumers = count(monitor, "/jsz", "consumers");
            for (int i = 0; i < QUESTIONS; i++) {
                result(registry.get("greeter"));
                result(registry.watch("greeter", change -> {})).close();
            }
            result(registry.get("greeter"));
            assertThat(count(monitor, "/subsz", "num_subscriptions")).isLessThan(subscriptions + STILL_ENDING);
            assertThat(count(monitor, "/jsz", "consumers")).isLessThan(consumers + STILL_ENDING);
            List<Thread> threads = ofJnats();
            assertThat(threads).isNotEmpty();
            result(registry.close());
            for (Thread thread : threads) {
                thread.join(PATIENCE_MILLIS);
            }
            assertThat(threads).noneMatch(Thread::isAlive);
        }
    }
}
