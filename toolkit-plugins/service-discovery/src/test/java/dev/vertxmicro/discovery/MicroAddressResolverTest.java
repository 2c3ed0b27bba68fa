package dev.vertxmicro.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.descriptor.ServiceDescriptor;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.RecordingWatcher;
import dev.vertxmicro.time.Timers;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.endpoint.LoadBalancer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Vert.x's own HTTP client calling services of ours by name. */
class MicroAddressResolverTest {
    private final Vertx vertx = Vertx.vertx();
    private final JsonObject descriptor = PrivateGroup.descriptor();
    private final Registry multicast =
            ServiceDescriptor.parse(descriptor).registry().apply(vertx);
    /** Tells what the multicast one told, but before the test goes on. */
    private final Registry registry = Registry.inMemory(Timers.manual());

    private final MicroAddressResolver resolver = MicroAddressResolver.create(registry);
    private final HttpClient client = vertx.httpClientBuilder()
            .withAddressResolver(resolver)
            .withLoadBalancer(LoadBalancer.ROUND_ROBIN)
            .build();
    private final RecordingWatcher watcher = RecordingWatcher.of("patient");

    @BeforeEach
    void watch() {
        Await.result(multicast.watch(watcher));
    }

    @AfterEach
    void close() {
        Await.result(client.close());
        Await.result(multicast.close());
        Await.result(vertx.close());
    }

    private String serve(String version) {
        JsonObject config = descriptor
                .copy()
                .put("service", new JsonObject().put("name", "patient").put("version", version))
                .put("server", new JsonObject().put("address", "127.0.0.1:0"));
        String id = Await.result(
                vertx.deployVerticle(HelloVerticle.class.getName(), new DeploymentOptions().setConfig(config)));
        Await.result(registry.register(watcher.next().service(), Duration.ofSeconds(60)));
        return id;
    }

    private void stop(String deployment) {
        Await.result(vertx.undeploy(deployment));
        Await.result(registry.deregister(watcher.next().service()));
    }

    /** Calls, and gives the port of the node that answered. */
    private Future<Integer> call(MicroAddress address) {
        return call(client, address);
    }

    private static Future<Integer> call(HttpClient client, MicroAddress address) {
        RequestOptions options = new RequestOptions()
                .setServer(address)
                .setMethod(HttpMethod.POST)
                .setURI("/")
                .putHeader("Content-Type", "application/json")
                .putHeader("Micro-Endpoint", "Hello.Hello");
        return client.request(options).compose(request -> request.send("{\"name\":\"Vert.x\"}")
                .compose(response -> response.body().map(body -> {
                    assertThat(response.statusCode()).isEqualTo(200);
                    assertThat(body.toJsonObject().getString("greeting")).isEqualTo("Hello Vert.x");
                    return request.connection().remoteAddress().port();
                })));
    }

    private List<Integer> calls(int number) {
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            ports.add(Await.result(call(MicroAddress.of("patient"))));
        }
        return ports;
    }

    @Test
    void balancesOverNodesAndFollowsChanges() {
        String first = serve("1");
        assertThat(calls(2)).containsOnly(calls(1).get(0));
        String second = serve("1");
        List<Integer> both = calls(4);
        assertThat(both.subList(0, 2)).doesNotHaveDuplicates();
        assertThat(both.subList(2, 4)).isEqualTo(both.subList(0, 2));
        stop(first);
        assertThat(calls(4)).containsOnly(calls(1).get(0));
        stop(second);
        notFound();
        serve("1");
        assertThat(calls(1)).hasSize(1);
    }

    private void notFound() {
        MicroException failure = Await.failure(call(MicroAddress.of("patient")));
        assertThat(failure.code()).isEqualTo(500);
        assertThat(failure.detail()).isEqualTo("error selecting patient node: not found");
    }

    @Test
    void callsOneVersionIfAsked() {
        serve("1");
        int one = calls(1).get(0);
        serve("2");
        int two = Await.result(call(MicroAddress.of("patient").withVersion("2")));
        assertThat(two).isNotEqualTo(one);
        for (int i = 0; i < 4; i++) {
            assertThat(Await.result(call(MicroAddress.of("patient").withVersion("2"))))
                    .isEqualTo(two);
        }
        MicroException none = Await.failure(call(MicroAddress.of("patient").withVersion("3")));
        assertThat(none.detail()).isEqualTo("error selecting patient 3 node: not found");
    }

    @Test
    void findsWhatTheDefaultRegistryFinds() {
        serve("1");
        MicroAddressResolver byMulticast = MicroAddressResolver.create(multicast);
        HttpClient other =
                vertx.httpClientBuilder().withAddressResolver(byMulticast).build();
        assertThat(Await.result(call(other, MicroAddress.of("patient")))).isPositive();
        byMulticast.close();
    }

    @Test
    void looksUpAgainAfterItsWatchesWereEnded() {
        serve("1");
        int port = calls(1).get(0);
        resolver.close();
        assertThat(calls(1)).containsExactly(port);
    }

    @Test
    void failsAsOurClientDoesWithoutTheRegistry() {
        Await.result(registry.close());
        MicroException failure = Await.failure(call(MicroAddress.of("patient")));
        assertThat(failure.detail())
                .startsWith("error selecting patient node: ")
                .contains("closed");
    }
}
