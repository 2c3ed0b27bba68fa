package dev.vertxmicro.cli.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.launcher.VertxHome;
import dev.vertxmicro.launcher.VertxHome.Result;
import dev.vertxmicro.launcher.VertxHome.Running;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.server.Mosquitto;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** publish and subscribe over a real Mosquitto, and over HTTP with an mDNS group on loopback of which only this test knows. */
@Requires(Requirement.MOSQUITTO)
class BrokerCommandsTest {
    private static final VertxHome VERTX = VertxHome.shared();

    @TempDir
    static Path directory;

    private static Mosquitto mosquitto;
    private static String http;

    @BeforeAll
    static void start() throws IOException {
        mosquitto = Mosquitto.start(directory);
        try (DatagramSocket free = new DatagramSocket(0)) {
            JsonObject mdns = new JsonObject()
                    .put("address", "239.255.77.4:" + free.getLocalPort())
                    .put("interfaces", new JsonArray().add("lo"));
            http = new JsonObject()
                    .put("registry", new JsonObject().put("type", "mdns").put("mdns", mdns))
                    .put("broker", new JsonObject().put("http", new JsonObject().put("address", "127.0.0.1:0")))
                    .encode();
        }
    }

    @AfterAll
    static void stop() {
        mosquitto.close();
    }

    private static String[] over(String broker, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (broker.equals("mqtt")) {
            all.addAll(List.of("--broker=mqtt", "--broker_address=" + mosquitto.address()));
        } else {
            all.addAll(List.of("--conf", http));
        }
        return all.toArray(new String[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqtt", "http"})
    void printsWhatIsPublishedAsItComesUntilTerminated(String broker) throws InterruptedException {
        String topic = "news." + broker;
        try (Running text = VERTX.start(over(broker, "subscribe", topic));
                Running json = VERTX.start(over(broker, "subscribe", topic, "--json", "--count=1"))) {
            text.await("subscribed to " + topic + " (broker " + broker + " at ");
            json.await("subscribed to " + topic);
            Result published = VERTX.run(over(broker, "publish", topic, "{\"title\":\"\u4e16\"}", "-H", "name=davie"));
            assertThat(published).isEqualTo(new Result(0, "", ""));
            assertThat(text.await("  " + topic + "  "))
                    .contains("Content-Type=application/json", "Micro-Topic=" + topic, "name=davie")
                    .endsWith("  {\"title\":\"\u4e16\"}");
            JsonObject message = new JsonObject("{\"topic\":" + json.await("{\"topic\":"));
            assertThat(message.getString("topic")).isEqualTo(topic);
            assertThat(message.getJsonObject("headers").getString("name")).isEqualTo("davie");
            assertThat(message.getJsonObject("headers").getString("Micro-Id")).hasSize(36);
            assertThat(message.getJsonObject("body")).isEqualTo(new JsonObject().put("title", "\u4e16"));
            assertThat(json.exitCode()).isZero();
            text.terminate();
            assertThat(text.exitCode()).isEqualTo(143);
        }
    }

    @Test
    void sharesAQueueAndMeasuresManyMessages() throws InterruptedException {
        try (Running one = VERTX.start(over("mqtt", "subscribe", "many/+", "--queue=q", "--json", "--count=100"));
                Running all = VERTX.start(over("mqtt", "subscribe", "many/a", "--json", "--count=100"))) {
            one.await("subscribed to many/+");
            all.await("subscribed to many/a");
            Result result =
                    VERTX.run(over("mqtt", "publish", "many/a", "{}", "--repeat=100", "--concurrency=10", "--json"));
            JsonObject summary = new JsonObject(result.out());
            assertThat(summary.getInteger("messages")).isEqualTo(100);
            assertThat(summary.getInteger("errors")).isZero();
            assertThat(summary.getDouble("messagesPerSecond")).isPositive();
            assertThat(result.exitCode()).isZero();
            assertThat(one.await("\"topic\"")).startsWith(":\"many/a\"");
            assertThat(one.exitCode()).isZero();
            assertThat(all.exitCode()).isZero();
        }
    }

    @Test
    void publishesBytesOfAFile() throws IOException, InterruptedException {
        Path file = Files.write(directory.resolve("body"), new byte[] {10, 1, 'x', 0});
        try (Running subscriber = VERTX.start(over("mqtt", "subscribe", "bytes", "--json", "--count=1"))) {
            subscriber.await("subscribed to bytes");
            Result result =
                    VERTX.run(over("mqtt", "publish", "bytes", "@" + file, "--content-type=application/protobuf"));
            assertThat(result).isEqualTo(new Result(0, "", ""));
            assertThat(subscriber.await("\"body\":")).isEqualTo("\"CgF4AA==\",\"encoding\":\"base64\"}");
            assertThat(subscriber.exitCode()).isZero();
        }
    }

    @Test
    void saysThatNobodySubscribesOrThatTheBrokerIsNotThere() {
        Result nobody = VERTX.run(over("http", "publish", "nobody.listens", "{}"));
        assertThat(nobody.err())
                .startsWith("broker http: ")
                .contains("nobody.listens")
                .hasLineCount(1);
        assertThat(nobody.exitCode()).isEqualTo(1);
        Result away = VERTX.run("publish", "x", "{}", "--broker=mqtt", "--broker_address=127.0.0.1:1");
        assertThat(away.err())
                .startsWith("broker mqtt: ")
                .contains("127.0.0.1:1")
                .hasLineCount(1);
        assertThat(away.exitCode()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "publish | vertx publish: no topic; see vertx publish --help",
                "subscribe | vertx subscribe: no topic; see vertx subscribe --help",
                "subscribe a b | vertx subscribe: unexpected argument \"b\"; see vertx subscribe --help",
                "subscribe a --count=0 | --count: 0 (expected: a whole number >= 1)",
                "subscribe a --qeue=x | --qeue: unknown flag (nearest known: --queue); see vertx subscribe --help",
                "publish a {] | body:1:2: Unexpected close marker",
                "publish a {} --header=x | --header: \"x\" (expected: key=value)",
                "publish a {} --rate=5 | --rate: without --repeat (expected: --repeat MESSAGES)",
                "publish a {} --content-type=application/x | --content-type: ",
                "publish a {} --broker=mqt | --broker: \"mqt\" (expected:",
            })
    void refusesABadCommandLine(String line, String message) {
        Result result = VERTX.run(line.split(" "));
        assertThat(result.err()).startsWith(message).hasLineCount(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"publish news/+ {}", "subscribe a/#/b", "subscribe a --queue=a/b"})
    void refusesTopicsAndQueuesThatTheBrokerCannotHave(String line) {
        Result result = VERTX.run(over("mqtt", line.split(" ")));
        assertThat(result.err()).startsWith("broker mqtt: ").hasLineCount(1);
        assertThat(result.exitCode()).isEqualTo(2);
    }

    @Test
    void refusesATopicThatIsTooLong() {
        Result result = VERTX.run(over("mqtt", "publish", "x".repeat(65_536), "{}"));
        assertThat(result.err()).startsWith("broker mqtt: ").hasLineCount(1);
        assertThat(result.exitCode()).isEqualTo(2);
    }
}
