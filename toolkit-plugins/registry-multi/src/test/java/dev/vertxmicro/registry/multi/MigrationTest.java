package dev.vertxmicro.registry.multi;

import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.recording.RecordingWatcher;
import dev.vertxmicro.testkit.server.ConsulAgent;
import dev.vertxmicro.testkit.server.FreePorts;
import dev.vertxmicro.verticle.DescribedClient;
import dev.vertxmicro.verticle.ServiceVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services as conf/multi.json describes them, on a multicast group and a Consul of their own. */
@Requires(Requirement.CONSUL)
class MigrationTest {
    private static final Endpoint<StringValue, StringValue> ECHO =
            Endpoint.unary("Echo.Echo", StringValue.class, StringValue.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Vertx vertx = Vertx.vertx();
    private final List<DescribedClient> clients = new ArrayList<>();
    private final JsonObject mdns = new JsonObject()
            .put("address", "239.255.77.22:" + FreePorts.next())
            .put("address6", "")
            .put("interfaces", new JsonArray().add("lo"));
    private ConsulAgent consul;

    @TempDir
    Path directory;

    @BeforeEach
    void startConsul() {
        consul = ConsulAgent.dev(directory);
    }

    @AfterEach
    void stop() {
        clients.forEach(client -> result(client.close()));
        result(vertx.close());
        consul.close();
    }

    private JsonObject sample(String type) throws IOException {
        JsonObject sample = new JsonObject(Files.readString(Path.of("..", "..", "conf", "multi.json")));
        JsonObject registry = sample.getJsonObject("registry");
        assertThat(registry.getJsonObject("multi").getJsonArray("registries")).containsExactly("mdns", "consul");
        registry.put("type", type)
                .put("ttl", "10s")
                .put("interval", INTERVAL.toSeconds() + "s")
                .put("mdns", mdns)
                .put("consul", new JsonObject().put("address", consul.address()));
        sample.getJsonObject("server").put("address", "127.0.0.1:0");
        return sample;
    }

    private void serve(String type) throws IOException {
        ServiceVerticle echo = new ServiceVerticle() {
            @Override
            protected void configure(Service service) {
                service.server().handle(ECHO, (request, context) -> Future.succeededFuture(request));
            }
        };
        result(vertx.deployVerticle(echo, new DeploymentOptions().setConfig(sample(type))));
    }

    private DescribedClient client(String type) throws IOException {
        DescribedClient client = DescribedClient.create(vertx, sample(type));
        clients.add(client);
        return client;
    }

    private static void call(DescribedClient client, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(result(client.call(Request.of("greeter", ECHO, StringValue.of("hello"))))
                            .getValue())
                    .isEqualTo("hello");
        }
    }

    private static List<Integer> known(Registry registry) {
        return Stream.concat(Stream.of(registry), registry.members().stream())
                .map(each -> result(each.get("greeter")).stream()
                        .mapToInt(version -> version.nodes().size())
                        .sum())
                .toList();
    }

    @Test
    void isFoundByClientsOfEitherKindAndFindsServicesOfEither() throws IOException {
        serve("multi");
        call(client("mdns"), 10);
        call(client("consul"), 10);
        DescribedClient both = client("multi");
        call(both, 10);
        assertThat(known(both.registry())).containsExactly(1, 1, 1);
        RecordingWatcher changes = RecordingWatcher.of("greeter");
        result(both.registry().watch("greeter", changes)); // as the client does: look-ups are answered from the same
        serve("mdns");
        assertThat(changes.next().action()).isEqualTo(Action.CREATE);
        serve("consul");
        assertThat(changes.next().action()).isEqualTo(Action.CREATE);
        assertThat(known(both.registry())).containsExactly(3, 2, 2);
        call(both, 30);
    }

    @Test
    void goesOnWhileConsulIsAwayAndIsThereAgainWithinAnInterval() throws IOException {
        serve("multi");
        DescribedClient both = client("multi");
        call(both, 10);
        consul.kill();
        call(both, 100);
        serve("multi"); // one that starts meanwhile
        DescribedClient late = client("multi");
        call(late, 100);
        assertThat(result(late.registry().get("greeter")).get(0).nodes()).hasSize(2);
        consul.start();
        DescribedClient fresh = client("consul");
        RecordingWatcher changes = RecordingWatcher.of("greeter");
        long back = System.nanoTime();
        result(fresh.registry().watch("greeter", changes));
        int there = result(fresh.registry().get("greeter")).stream()
                .mapToInt(version -> version.nodes().size())
                .sum();
        while (there < 2) {
            assertThat(changes.next().action()).isEqualTo(Action.CREATE);
            there++;
        }
        assertThat(Duration.ofNanos(System.nanoTime() - back)).isLessThan(INTERVAL.plusSeconds(5));
        call(fresh, 10);
    }
}
