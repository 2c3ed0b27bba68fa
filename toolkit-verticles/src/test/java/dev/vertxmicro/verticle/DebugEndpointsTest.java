package dev.vertxmicro.verticle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DynamicMessage;
import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.debug.DebugSchema;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.health.EjectedNodes;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.registry.EndpointInfo;
import dev.vertxmicro.service.HealthStatus;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.wrapper.KeptSpan;
import dev.vertxmicro.wrapper.Wrapper;
import dev.vertxmicro.wrapper.Wrappers;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a service tells of itself: by calls of {@code Debug.…}, and by its checks over HTTP. */
class DebugEndpointsTest {
    private static final System.Logger LOG = System.getLogger(DebugEndpointsTest.class.getName());

    private final Vertx vertx = Vertx.vertx();
    private final JsonObject registry = PrivateRegistry.section();
    private volatile Supplier<Future<HealthStatus>> check = () -> Future.succeededFuture(HealthStatus.ok());
    private DescribedClient client;

    /** Has a check of its own, and a tracer. */
    private final class CheckedVerticle extends ServiceVerticle {
        @Override
        protected void configure(Service service) {
            service.health().register("own", Duration.ofMillis(100), () -> check.get());
        }

        @Override
        protected Wrappers wrappers() {
            return new Wrappers(List.of(new Wrapper() {
                @Override
                public List<KeptSpan> spans(String trace, int most) {
                    return List.of(new KeptSpan(
                            trace,
                            "s1",
                            "",
                            "Echo.Echo",
                            Instant.EPOCH.plusSeconds(7),
                            Duration.ofMillis(3),
                            Map.of("a", "b"),
                            false));
                }
            }));
        }
    }

    @BeforeEach
    void connect() {
        client = DescribedClient.create(vertx, new JsonObject().put("registry", registry));
    }

    @AfterEach
    void stop() throws Exception {
        await(client.close());
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(20, TimeUnit.SECONDS);
    }

    private JsonObject descriptor() {
        return new JsonObject()
                .put("service", new JsonObject().put("name", "echo"))
                .put("server", new JsonObject().put("address", "127.0.0.1:0"))
                .put("registry", registry);
    }

    private void deploy(JsonObject descriptor) throws Exception {
        await(vertx.deployVerticle(
                CheckedVerticle::new,
                new DeploymentOptions().setConfig(descriptor).setInstances(2)));
    }

    private Buffer ask(String endpoint, String contentType, Buffer body) throws Exception {
        Request<Buffer, Buffer> request =
                Request.of("echo", Endpoint.unary(endpoint, Buffer.class, Buffer.class), body);
        return await(client.call(request.withOptions(CallOptions.DEFAULTS.withContentType(contentType))));
    }

    private String health() throws Exception {
        return DebugSchema.text(
                DebugSchema.read("HealthResponse", ask("Debug.Health", "application/protobuf", Buffer.buffer())),
                "status");
    }

    private static int port() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private JsonObject get(int port, String path, int status) throws Exception {
        return await(vertx.createHttpClient()
                .request(HttpMethod.GET, port, "127.0.0.1", path)
                .compose(request -> request.send())
                .compose(response -> response.body().map(body -> {
                    assertThat(response.statusCode()).as(path + " " + body).isEqualTo(status);
                    return body.toJsonObject();
                })));
    }

    @Test
    void answersGoMicrosQuestionsInBothContentTypes() throws Exception {
        deploy(descriptor());
        assertThat(health()).isEqualTo("ok");
        assertThat(ask("Debug.Health", "application/json", Buffer.buffer("{}")).toJsonObject())
                .isEqualTo(new JsonObject().put("status", "ok"));
        DynamicMessage stats =
                DebugSchema.read("StatsResponse", ask("Debug.Stats", "application/protobuf", Buffer.buffer()));
        assertThat(DebugSchema.number(stats, "timestamp"))
                .isCloseTo(Instant.now().getEpochSecond(), Offset.offset(5L));
        assertThat(DebugSchema.number(stats, "memory")).isPositive();
        assertThat(DebugSchema.number(stats, "threads")).isPositive();
        assertThat(DebugSchema.number(stats, "requests")).isPositive();
        assertThat(ask("Debug.Trace", "application/json", Buffer.buffer("{\"id\": \"t1\"}"))
                        .toJsonObject()
                        .getJsonArray("spans")
                        .getJsonObject(0))
                .isEqualTo(new JsonObject(
                        "{\"trace\": \"t1\", \"id\": \"s1\", \"name\": \"Echo.Echo\", \"started\": 7000000000,"
                                + " \"duration\": 3000000, \"metadata\": {\"a\": \"b\"}}"));
    }

    @Test
    void countsCallsThatEndWithAnError() throws Exception {
        deploy(descriptor());
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> ask("Echo.Nope", "application/json", Buffer.buffer("{}")))
                    .isInstanceOf(MicroException.class);
        }
        JsonObject stats =
                ask("Debug.Stats", "application/json", Buffer.buffer("{}")).toJsonObject();
        assertThat(stats.getLong("requests")).isEqualTo(4);
        assertThat(stats.getLong("errors")).isEqualTo(3);
    }

    @Test
    void refusesARequestThatIsNone() throws Exception {
        deploy(descriptor());
        assertThatThrownBy(() -> ask("Debug.Trace", "application/json", Buffer.buffer("{\"id\": 3")))
                .isInstanceOfSatisfying(
                        MicroException.class, error -> assertThat(error.code()).isEqualTo(400));
        assertThatThrownBy(() -> ask("Debug.Trace", "application/protobuf", Buffer.buffer(new byte[] {10, 100})))
                .isInstanceOfSatisfying(
                        MicroException.class, error -> assertThat(error.code()).isEqualTo(400));
    }

    @Test
    void standsInNoRegistry() throws Exception {
        deploy(descriptor());
        assertThat(await(client.registry().get("echo")).get(0).endpoints().stream()
                        .map(EndpointInfo::name))
                .noneMatch(name -> name.startsWith("Debug"));
    }

    @Test
    void isGoneWhereItIsSwitchedOff() throws Exception {
        deploy(descriptor().put("debug", new JsonObject().put("enabled", false)));
        for (String endpoint : List.of("Debug.Health", "Debug.Stats", "Debug.Trace", EjectedNodes.ENDPOINT.name())) {
            assertThatThrownBy(() -> ask(endpoint, "application/json", Buffer.buffer("{}")))
                    .hasMessageContaining("can't find service Debug");
        }
    }

    private ClientStream<Buffer, Buffer> logs(Map<String, Object> asked) throws Exception {
        Endpoint<Buffer, Buffer> endpoint =
                new Endpoint<>("Debug.Log", Buffer.class, Buffer.class, Endpoint.Kind.SERVER_STREAM, false);
        ClientStream<Buffer, Buffer> stream =
                await(client.stream(CallContext.create(), Request.of("echo", endpoint, Buffer.buffer())));
        await(stream.send(Buffer.buffer(DebugSchema.write("LogRequest", asked).toByteArray())));
        return stream;
    }

    private static String value(Buffer record) {
        return DebugSchema.text(DebugSchema.read("Record", record), "value");
    }

    @Test
    void givesTheLatestLinesOfTheLog() throws Exception {
        deploy(descriptor());
        LOG.log(System.Logger.Level.INFO, "first");
        LOG.log(System.Logger.Level.WARNING, "second {0}", "line");
        List<String> lines = new ArrayList<>();
        ClientStream<Buffer, Buffer> stream = logs(Map.of("count", 2L, "since", 60L));
        stream.onMessage(record -> lines.add(value(record)));
        await(stream.ended());
        assertThat(lines).endsWith("second line").hasSize(2);
    }

    @Test
    void followsTheLogUntilTheCallerHasEnough() throws Exception {
        deploy(descriptor());
        Promise<String> seen = Promise.promise();
        ClientStream<Buffer, Buffer> stream = logs(Map.of("stream", true));
        stream.onMessage(record -> {
            if (value(record).startsWith("news")) {
                seen.tryComplete(value(record));
            }
        });
        long ticks = vertx.setPeriodic(20, id -> LOG.log(System.Logger.Level.INFO, "news"));
        assertThat(await(seen.future())).isEqualTo("news");
        vertx.cancelTimer(ticks);
        stream.cancel(MicroException.timeout("test", "enough"));
    }

    @Test
    void isReadyWhileItsChecksSaySo() throws Exception {
        int port = port();
        deploy(descriptor().put("health", new JsonObject().put("address", "127.0.0.1:" + port)));
        assertThat(get(port, "/health/ready", 200).encode()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(get(port, "/health", 200).encode())
                .isEqualTo("{\"status\":\"UP\",\"checks\":[{\"id\":\"service\",\"status\":\"UP\"},"
                        + "{\"id\":\"registry\",\"status\":\"UP\",\"data\":{\"type\":\"" + registry.getString("type")
                        + "\"}},"
                        + "{\"id\":\"broker\",\"status\":\"UP\",\"data\":{\"type\":\"http\"}},"
                        + "{\"id\":\"own\",\"status\":\"UP\"}],\"outcome\":\"UP\"}");
        check = () -> Promise.<HealthStatus>promise().future();
        assertThat(get(port, "/health", 503)
                        .getJsonArray("checks")
                        .getJsonObject(3)
                        .encode())
                .isEqualTo("{\"id\":\"own\",\"status\":\"DOWN\",\"data\":{\"cause\":\"no answer within 100 ms\"}}");
        get(port, "/health/ready", 503);
        get(port, "/health/started", 200);
        get(port, "/health/live", 200);
        assertThat(health()).isEqualTo("down");
    }
}
