package dev.vertxmicro.wrapper.metrics;

import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.engine.StatusPages;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.server.FreePorts;
import dev.vertxmicro.testkit.server.Prometheus;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service as conf/metrics.json describes it, but for the ports and the registry. */
class MetricsSampleTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final String OPEN_METRICS = "application/openmetrics-text;version=1.0.0,text/plain;q=0.5";

    private final Vertx vertx = Vertx.vertx();
    private final String health = "127.0.0.1:" + FreePorts.next();
    private final String metrics = "127.0.0.1:" + FreePorts.next();
    private final Echo echo = new Echo();

    @AfterEach
    void stop() {
        result(vertx.close());
    }

    private JsonObject sample() throws IOException {
        JsonObject sample = new JsonObject(Files.readString(ROOT.resolve("conf").resolve("metrics.json")));
        sample.put("registry", new JsonObject().put("type", "memory"));
        sample.put("broker", new JsonObject().put("type", "memory"));
        sample.getJsonObject("health").put("address", health);
        JsonObject own = sample.getJsonArray("wrappers").getJsonObject(0).getJsonObject("metrics");
        assertThat(own.getString("address")).isEqualTo("127.0.0.1:9464");
        own.put("address", metrics);
        return sample;
    }

    private String deploy(JsonObject descriptor, int instances) {
        return result(vertx.deployVerticle(
                () -> instances == 1 ? echo : new Echo(),
                new DeploymentOptions().setConfig(descriptor).setInstances(instances)));
    }

    private Future<StringValue> call(String text) {
        return echo.made().client().call(Request.of("greeter", Echo.ECHO, StringValue.of(text)));
    }

    private void used() {
        for (int i = 0; i < 3; i++) {
            result(call("a"));
        }
        result(call("").otherwise(StringValue.getDefaultInstance()));
        Topic<StringValue> events = Topic.of("events", StringValue.class);
        result(echo.made().client().publish(events, StringValue.of("a")));
    }

    @Test
    void showsCallsErrorsMessagesAndWhatIsBeneath() throws IOException {
        deploy(sample(), 1);
        used();
        Page page = Page.read(metrics);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.type()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        String endpoint = "rpc_method=\"Echo.Echo\",rpc_response_status_code=";
        String service = "rpc_service=\"greeter\",rpc_system=\"go-micro\",zone=\"one\"} ";
        assertThat(page.lines("rpc_server_duration_seconds_count"))
                .contains(
                        "rpc_server_duration_seconds_count{" + endpoint + "\"200\"," + service + "3",
                        "rpc_server_duration_seconds_count{" + endpoint + "\"400\"," + service + "1");
        assertThat(page.lines("rpc_client_duration_seconds_count")).hasSize(2);
        assertThat(page.lines("rpc_server_duration_seconds_bucket")).hasSize(2 * 17);
        assertThat(page.lines("rpc_server_active_requests"))
                .containsExactly("rpc_server_active_requests{rpc_method=\"Echo.Echo\"," + service + "0.0");
        assertThat(page.lines("messaging_publish_duration_seconds_count")).hasSize(1);
        assertThat(page.lines("rpc_client_retry_budget"))
                .containsExactly("rpc_client_retry_budget{service=\"greeter\",zone=\"one\"} 100.0");
        for (String beneath : List.of(
                "rpc_server_running{",
                "rpc_server_refused_total{",
                "rpc_client_ejections_total{",
                "registry_age_seconds{",
                "messaging_waiting{",
                "messaging_dead_letters_total{",
                "messaging_redeliveries_total{",
                "jvm_memory_used_bytes{",
                "process_uptime_seconds ")) {
            assertThat(page.lines(beneath)).as(beneath).isNotEmpty();
        }
    }

    @Test
    void writesOpenMetricsForThoseWhoAskForIt() throws IOException {
        deploy(sample(), 1);
        Page page = Page.read(metrics, "/metrics", OPEN_METRICS);
        assertThat(page.type()).isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(page.body()).endsWith("# EOF\n");
    }

    @Test
    void isOnThePortOfTheHealthEndpointWhereItHasNoAddress() throws IOException {
        JsonObject descriptor = sample();
        descriptor.getJsonArray("wrappers").getJsonObject(0).remove("metrics");
        deploy(descriptor, 1);
        assertThat(Page.read(health).lines("rpc_server_running")).hasSize(1);
        assertThat(Page.read(health, "/health/ready", "*/*").status()).isEqualTo(200);
    }

    @Test
    void isNotThereAnyMoreWhenTheServiceHasStopped() throws IOException {
        JsonObject descriptor = sample();
        descriptor.getJsonArray("wrappers").getJsonObject(0).remove("metrics");
        descriptor.getJsonObject("health").put("address", "");
        String id = deploy(descriptor, 1);
        StatusPages pages = StatusPages.of(vertx);
        assertThat(pages.find("/metrics")).isPresent();
        result(vertx.undeploy(id));
        assertThat(pages.find("/metrics")).isEmpty();
        result(vertx.deployVerticle(new Echo(), new DeploymentOptions().setConfig(descriptor)));
        assertThat(pages.find("/metrics")).isPresent();
    }

    @Test
    void addsUpTheInstancesOfAService() throws IOException {
        deploy(sample(), 2);
        assertThat(Page.read(metrics).lines("rpc_server_limit"))
                .containsExactly("rpc_server_limit{service=\"greeter\",zone=\"one\"} 20000.0");
    }

    @Test
    @Requires(Requirement.PROMETHEUS)
    void isReadByPrometheus(@TempDir Path directory) throws IOException {
        deploy(sample(), 1);
        used();
        Path alerts = ROOT.resolve("docs").resolve("observability").resolve("alerts.yml");
        try (Prometheus prometheus = Prometheus.start(directory, metrics, alerts)) {
            JsonObject data = prometheus.query(
                    "rpc_server_duration_seconds_count{rpc_response_status_code=\"200\"}",
                    found -> !found.getJsonArray("result").isEmpty());
            JsonArray value = data.getJsonArray("result").getJsonObject(0).getJsonArray("value");
            assertThat(value.getString(1)).isEqualTo("3");
            assertThat(prometheus.get("/api/v1/rules"))
                    .contains("\"health\":\"ok\"")
                    .doesNotContain("\"health\":\"err\"");
            JsonObject target = new JsonObject(prometheus.get("/api/v1/targets"))
                    .getJsonObject("data")
                    .getJsonArray("activeTargets")
                    .getJsonObject(0);
            assertThat(target.getString("health")).isEqualTo("up");
            assertThat(target.getString("lastError")).isEmpty();
        }
    }
}
