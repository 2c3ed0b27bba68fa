package dev.vertxmicro.verticle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.StringValue;
import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.config.ConfigException;
import dev.vertxmicro.descriptor.ServiceDescriptor;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.wrapper.Wrappers;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrappers of a descriptor stand around clients and servers as it says, those of code inside of them. */
class WrappersTest {
    private static final Endpoint<StringValue, StringValue> HELLO =
            Endpoint.unary("Wrapped.Hello", StringValue.class, StringValue.class);
    private static final Endpoint<JsonObject, JsonObject> CHAT =
            new Endpoint<>("Wrapped.Chat", JsonObject.class, JsonObject.class, Endpoint.Kind.BIDIRECTIONAL, false);
    private static final Topic<StringValue> NEWS = Topic.of("news", StringValue.class);

    private static final Recording<String> HEARD = new Recording<>();

    private final Vertx vertx = Vertx.vertx();
    private final JsonObject registry = PrivateRegistry.section();

    /** Answers, echoes and publishes; has a wrapper of its own. */
    public static final class WrappedVerticle extends ServiceVerticle {
        @Override
        protected Wrappers wrappers() {
            return new Wrappers(List.of(new MarkingWrapper("own")));
        }

        @Override
        protected void configure(Service service) {
            service.server()
                    .handle(HELLO, (request, context) -> service.client()
                            .publish(context, NEWS, request)
                            .map(request))
                    .handleStream(CHAT, (stream, context) -> {
                        stream.onMessage(stream::send);
                        return stream.ended();
                    })
                    .subscribe("news", StringValue.class, (message, context) -> {
                        HEARD.handle(message.getValue());
                        return Future.succeededFuture();
                    });
        }
    }

    @BeforeEach
    void forget() {
        MarkingWrapper.SEEN.clear();
        MarkingWrapper.REFUSED.clear();
    }

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(20, TimeUnit.SECONDS);
    }

    private static JsonObject marking(String name) {
        return new JsonObject().put("type", "marking").put("marking", new JsonObject().put("name", name));
    }

    private JsonObject descriptor(JsonObject... wrappers) {
        return new JsonObject()
                .put("service", new JsonObject().put("name", "wrapped"))
                .put("server", new JsonObject().put("address", "127.0.0.1:0"))
                .put("registry", registry)
                .put("broker", new JsonObject().put("type", "memory"))
                .put("wrappers", new JsonArray(List.of(wrappers)));
    }

    private String deploy(JsonObject descriptor, int instances) throws Exception {
        return await(vertx.deployVerticle(
                WrappedVerticle.class.getName(),
                new DeploymentOptions().setConfig(descriptor).setInstances(instances)));
    }

    private DescribedClient client(JsonObject... wrappers) {
        return DescribedClient.create(
                vertx, new JsonObject().put("registry", registry).put("wrappers", new JsonArray(List.of(wrappers))));
    }

    @Test
    void standAroundServersTheDescriptorsOutside() throws Exception {
        String id = deploy(descriptor(marking("outer"), marking("inner")), 1);
        DescribedClient client = client();
        await(client.call(Request.of("wrapped", HELLO, StringValue.of("x"))));
        HEARD.next();
        await(vertx.undeploy(id));
        await(client.close());
        assertThat(MarkingWrapper.SEEN)
                .containsExactly(
                        "outer made for wrapped",
                        "inner made for wrapped",
                        "outer wraps wrapped",
                        "inner wraps wrapped",
                        "own wraps wrapped",
                        "outer serves Wrapped.Hello",
                        "inner serves Wrapped.Hello",
                        "own serves Wrapped.Hello",
                        "outer publishes news",
                        "inner publishes news",
                        "own publishes news",
                        "outer takes news",
                        "inner takes news",
                        "own takes news",
                        "own closed",
                        "inner closed",
                        "outer closed");
    }

    @Test
    void standAroundClientsAndTheirAttempts() throws Exception {
        deploy(descriptor(), 1);
        DescribedClient client = client(marking("one"));
        MarkingWrapper.SEEN.clear();
        await(client.call(Request.of("wrapped", HELLO, StringValue.of("x"))));
        HEARD.next();
        ClientStream<JsonObject, JsonObject> stream = await(client.stream(
                CallContext.create(),
                Request.of("wrapped", CHAT, new JsonObject())
                        .withOptions(CallOptions.DEFAULTS.withContentType("application/json"))));
        await(stream.end());
        await(stream.ended());
        await(client.close());
        assertThat(MarkingWrapper.SEEN)
                .filteredOn(line -> line.startsWith("one"))
                .containsExactly(
                        "one calls Wrapped.Hello",
                        "one tries Wrapped.Hello",
                        "one opens Wrapped.Chat",
                        "one tries Wrapped.Chat",
                        "one closed");
    }

    @Test
    void areClosedWhereOneOfThemCannotBeMade() {
        JsonObject broken =
                new JsonObject().put("type", "marking").put("marking", new JsonObject().put("name", "broken"));
        assertThatThrownBy(() -> deploy(descriptor(marking("one"), broken), 1)).hasMessageContaining("cannot be made");
        assertThat(MarkingWrapper.SEEN).contains("one closed");
    }

    @Test
    void nothingIsLeftOfAServiceThatOneOfThemDoesNotWant() throws Exception {
        assertThatThrownBy(() -> deploy(descriptor(marking("unwilling"), marking("one")), 1))
                .hasMessageContaining("does not want to");
        MarkingWrapper.CLOSED.next();
        assertThat(MarkingWrapper.SEEN).endsWith("own closed", "one closed", "unwilling closed");
        assertThatItsClientIsClosed();
    }

    @Test
    void nothingIsLeftOfAClientThatOneOfThemDoesNotWant() throws Exception {
        assertThatThrownBy(() -> client(marking("unwilling"), marking("one"))).hasMessageContaining("does not want to");
        MarkingWrapper.CLOSED.next();
        assertThat(MarkingWrapper.SEEN).endsWith("one closed", "unwilling closed");
        assertThatItsClientIsClosed();
    }

    private static void assertThatItsClientIsClosed() {
        assertThat(MarkingWrapper.REFUSED).hasSize(1);
        assertThat(MarkingWrapper.REFUSED
                        .get(0)
                        .client()
                        .call(Request.of("wrapped", HELLO, StringValue.of("x")))
                        .cause())
                .hasMessageContaining("client is closed");
    }

    @Test
    void areMadeOnceForAllInstances() throws Exception {
        await(vertx.undeploy(deploy(descriptor(marking("one")), 3)));
        assertThat(MarkingWrapper.SEEN)
                .filteredOn(line -> line.startsWith("one"))
                .containsExactly(
                        "one made for wrapped",
                        "one wraps wrapped",
                        "one wraps wrapped",
                        "one wraps wrapped",
                        "one closed");
    }

    @Test
    void leaveAloneWhatIsNotTheirs() throws Exception {
        deploy(
                descriptor(
                        marking("calls").put("endpoints", new JsonArray().add("Other.*")),
                        marking("topics").put("topics", new JsonArray().add("other")),
                        marking("clients").put("sides", new JsonArray().add("client"))),
                1);
        DescribedClient client = client(marking("elsewhere").put("services", new JsonArray().add("other")));
        MarkingWrapper.SEEN.clear();
        await(client.call(Request.of("wrapped", HELLO, StringValue.of("x"))));
        HEARD.next();
        await(client.close());
        assertThat(MarkingWrapper.SEEN)
                .filteredOn(line -> !line.startsWith("own"))
                .containsExactly(
                        "topics serves Wrapped.Hello",
                        "calls publishes news",
                        "clients publishes news",
                        "calls takes news",
                        "elsewhere closed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | $.wrappers[0].type: \"\" (expected: marking)",
                "{\"type\": \"markin\"} | $.wrappers[0].type: \"markin\" (expected: marking; nearest known: marking)",
                "{\"type\": \"marking\", \"side\": \"client\"} | $.wrappers[0].side: unknown key",
                "{\"type\": \"marking\", \"sides\": [\"both\"]} | $.wrappers[0].sides: \"both\" (expected: client | server)",
                "{\"type\": \"marking\", \"marking\": {\"nam\": 1}} | $.wrappers[0].marking.nam: unknown key",
                "{\"type\": \"marking\", \"endpoints\": [\"*.Get\"]} | $.wrappers[0].endpoints: \"*.Get\" (expected: a name,"
            })
    void areRefusedWhereTheyMeanNothing(String wrapper, String expected) {
        JsonObject descriptor = new JsonObject().put("wrappers", new JsonArray().add(new JsonObject(wrapper)));
        assertThatThrownBy(() -> ServiceDescriptor.parse(descriptor))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(expected);
    }
}
