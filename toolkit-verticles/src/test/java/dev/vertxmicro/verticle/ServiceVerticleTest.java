package dev.vertxmicro.verticle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Field;
import com.google.protobuf.StringValue;
import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.codec.Codecs;
import dev.vertxmicro.codec.JsonOptions;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceVerticleTest {

    /** Serves nothing. */
    public static final class SilentVerticle extends ServiceVerticle {
        @Override
        protected void configure(Service service) {
            // whoever wrote this has forgotten something
        }
    }

    private final Vertx vertx = Vertx.vertx();
    private final JsonObject registry = PrivateRegistry.section();
    private DescribedClient client;

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
                .put("service", new JsonObject().put("name", "echo").put("version", "1.0.0"))
                .put("server", new JsonObject().put("address", "127.0.0.1:0"))
                .put("registry", registry);
    }

    private String deploy(JsonObject descriptor, int instances) throws Exception {
        DeploymentOptions options =
                new DeploymentOptions().setConfig(descriptor).setInstances(instances);
        return await(vertx.deployVerticle(EchoVerticle.class.getName(), options));
    }

    private ServiceInfo found() throws Exception {
        List<ServiceInfo> versions = await(client.registry().get("echo"));
        assertThat(versions).hasSize(1);
        return versions.get(0);
    }

    private Request<StringValue, StringValue> thread() {
        return Request.of("echo", EchoVerticle.THREAD, StringValue.of("x"));
    }

    @Test
    void servesByNameUntilUndeployed() throws Exception {
        String id = deploy(descriptor(), 1);
        StringValue answer = await(client.call(Request.of("echo", EchoVerticle.ECHO, StringValue.of("davie"))));
        assertThat(answer.getValue()).isEqualTo("davie");
        assertThat(found().version()).isEqualTo("1.0.0");
        await(vertx.undeploy(id));
        assertThat(await(client.registry().get("echo"))).isEmpty();
    }

    /** Writes protobuf's own JSON. */
    static final class CamelVerticle extends ServiceVerticle {
        @Override
        protected Codecs codecs() {
            return Codecs.standard().withJson(JsonOptions.PROTOBUF);
        }

        @Override
        protected void configure(Service service) {
            Endpoint<Field, Field> endpoint = Endpoint.unary("Echo.Field", Field.class, Field.class);
            service.server().handle(endpoint, (request, context) -> Future.succeededFuture(request));
        }
    }

    @Test
    void writesByTheCodecsOfItsVerticle() throws Exception {
        await(vertx.deployVerticle(new CamelVerticle(), new DeploymentOptions().setConfig(descriptor())));
        Endpoint<Buffer, Buffer> json = Endpoint.unary("Echo.Field", Buffer.class, Buffer.class);
        Request<Buffer, Buffer> request = Request.of("echo", json, Buffer.buffer("{\"type_url\":\"x\"}"))
                .withOptions(CallOptions.DEFAULTS.withContentType("application/json"));
        assertThat(await(client.call(request))).hasToString("{\"typeUrl\":\"x\"}\n");

        DescribedClient camel = DescribedClient.create(
                vertx,
                new JsonObject().put("registry", registry),
                Codecs.standard().withJson(JsonOptions.PROTOBUF));
        Endpoint<Field, Buffer> endpoint = Endpoint.unary("Echo.Field", Field.class, Buffer.class);
        Field field = Field.newBuilder().setTypeUrl("y").build();
        assertThat(await(camel.call(Request.of("echo", endpoint, field)
                        .withOptions(CallOptions.DEFAULTS.withContentType("application/json")))))
                .hasToString("{\"typeUrl\":\"y\"}\n");
        await(camel.close());
    }

    @Test
    void doesNotSayThatItRegisteredBeforeItHas() throws Exception {
        JsonObject bus =
                new JsonObject().put("type", "eventbus").put("ttl", "1s").put("interval", "200ms");
        try (RecordedLogs log = RecordedLogs.of(Deployment.class)) {
            deploy(descriptor().put("registry", bus), 1);
            assertThat(log.next()).startsWith("Transport ");
            assertThat(log.next()).startsWith("Broker ");
            assertThat(log.next()).startsWith("Registry [eventbus] Node is not registered yet: echo-");
            assertThat(log.all()).isEmpty();
            JsonObject memory = new JsonObject().put("registry", new JsonObject().put("type", "memory"));
            await(vertx.deployVerticle(RegistryVerticle.class.getName(), new DeploymentOptions().setConfig(memory)));
            assertThat(log.next()).startsWith("Registry [eventbus] Registering node: echo-");
        }
    }

    @Test
    void warmsItsClientUpBeforeItListensAndStartsThoughNobodyAnswers() throws Exception {
        JsonObject warming = new JsonObject().put("warmUp", new JsonArray().add("nobody"));
        try (RecordedLogs log = RecordedLogs.ofAll()) {
            deploy(descriptor().put("client", warming), 1);
            List<String> lines = log.all();
            assertThat(lines).anyMatch(line -> line.startsWith("client: nobody not ready: error selecting nobody"));
            assertThat(lines.get(0)).startsWith("client: nobody not ready");
        }
    }

    @Test
    void carriesUtf8InErrorsAsSent() throws Exception {
        deploy(descriptor(), 1);
        assertThatThrownBy(() -> await(client.call(Request.of("echo", EchoVerticle.FAIL, StringValue.of("x")))))
                .isInstanceOf(MicroException.class)
                .extracting(MicroException::text)
                .isEqualTo("{\"id\":\"echo\",\"code\":404,\"detail\":\"nothing 服务未找到\",\"status\":\"Not Found\"}");
    }

    @Test
    void isOneNodeServedByAsManyEventLoopsAsInstances() throws Exception {
        String id = deploy(descriptor(), 3);
        assertThat(found().nodes()).hasSize(1);
        List<Future<StringValue>> calls = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            calls.add(client.call(thread()));
        }
        await(Future.all(calls));
        Set<String> threads = new HashSet<>();
        calls.forEach(call -> threads.add(call.result().getValue()));
        assertThat(threads).hasSize(3).allMatch(name -> name.contains("eventloop"));
        await(vertx.undeploy(id));
        assertThat(await(client.registry().get("echo"))).isEmpty();
    }

    @Test
    void runsHandlersOnWorkersWhenToldTo() throws Exception {
        JsonObject descriptor = descriptor();
        descriptor.getJsonObject("server").put("threading", "worker");
        deploy(descriptor, 1);
        assertThat(await(client.call(thread())).getValue()).contains("worker");
    }

    @Test
    void runsHandlersOnVirtualThreadsWhereJavaHasThem() throws Exception {
        JsonObject descriptor = descriptor();
        descriptor.getJsonObject("server").put("threading", "virtual");
        if (Runtime.version().feature() >= 21) {
            deploy(descriptor, 1);
            assertThat(await(client.call(thread())).getValue()).contains("virtual");
        } else {
            assertThatThrownBy(() -> deploy(descriptor, 1)).hasMessageContaining("expected: Java 21 or newer");
        }
    }

    @Test
    void refusesATakenPortAndLeavesNothingBehind() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            JsonObject descriptor = descriptor();
            String address = "127.0.0.1:" + taken.getLocalPort();
            descriptor.getJsonObject("server").put("address", address);
            assertThatThrownBy(() -> deploy(descriptor, 2)).hasMessageContaining(address);
            assertThat(vertx.deploymentIDs()).isEmpty();
            assertThat(await(client.registry().get("echo"))).isEmpty();
        }
    }

    @Test
    void warnsOnceOfAServiceThatNobodyCanCall() throws Exception {
        try (RecordedLogs logs = RecordedLogs.of(Deployment.class)) {
            DeploymentOptions two =
                    new DeploymentOptions().setConfig(descriptor()).setInstances(2);
            await(vertx.deployVerticle(SilentVerticle.class.getName(), two));
            assertThat(logs.all())
                    .filteredOn(line -> line.contains("no handlers and no subscribers"))
                    .hasSize(1);
        }
    }

    @Test
    void leavesNothingBehindWhenTheUserRefusesToConfigure() throws Exception {
        JsonObject descriptor = descriptor().put("app", new JsonObject().put("refuse", true));
        assertThatThrownBy(() -> deploy(descriptor, 1)).hasMessage("app: refuse");
        assertThat(await(client.registry().list())).isEmpty();
    }

    @Test
    void callsAnAddressWithoutTheRegistry() throws Exception {
        deploy(descriptor(), 1);
        String address = found().nodes().get(0).address();
        CallOptions options = CallOptions.DEFAULTS.withAddresses(address);
        Request<StringValue, StringValue> request = Request.of("unknown", EchoVerticle.ECHO, StringValue.of("x"));
        assertThat(await(client.call(request.withOptions(options))).getValue()).isEqualTo("x");
    }

    @Test
    void tellsItsHealth() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        JsonObject health = new JsonObject().put("address", "127.0.0.1:" + port);
        deploy(descriptor().put("health", health), 2);
        assertThat(status(port, "/health/live")).isEqualTo(200);
        assertThat(status(port, "/health/ready")).isEqualTo(200);
        assertThat(status(port, "/nothing")).isEqualTo(404);
    }

    private int status(int port, String path) throws Exception {
        return await(vertx.createHttpClient()
                .request(HttpMethod.GET, port, "127.0.0.1", path)
                .compose(request -> request.send())
                .map(HttpClientResponse::statusCode));
    }
}
