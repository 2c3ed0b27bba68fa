package dev.vertxmicro.verticle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams of verticles that know nothing but {@code vertx.eventBus()}: to services, and as handlers of a service. */
class StreamingVerticlesTest {
    private static final int WINDOW = 16;

    private final Vertx vertx = Vertx.vertx();
    private final JsonObject registry = PrivateRegistry.section();
    private String client = "";

    @BeforeEach
    void deploy() {
        JsonObject stopping = new JsonObject().put("server", new JsonObject().put("drainTimeout", "2s"));
        client = Await.result(vertx.deployVerticle(ClientVerticle.class.getName(), options(stopping)));
        deploy(StreamingVerticle.class, "streaming", new JsonObject());
    }

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    private DeploymentOptions options(JsonObject descriptor) {
        return new DeploymentOptions().setConfig(descriptor.put("registry", registry));
    }

    private void deploy(Class<?> verticle, String name, JsonObject server) {
        JsonObject descriptor = new JsonObject()
                .put("service", new JsonObject().put("name", name))
                .put("server", server.put("address", "127.0.0.1:0"));
        Await.result(vertx.deployVerticle(verticle.getName(), options(descriptor)));
    }

    private PlainStream open(String endpoint, int credit, String... headers) {
        PlainStream stream = new PlainStream(vertx);
        DeliveryOptions options =
                stream.offer(credit).addHeader("service", "streaming").addHeader("endpoint", "Streaming." + endpoint);
        for (int i = 0; i < headers.length; i += 2) {
            options.addHeader(headers[i], headers[i + 1]);
        }
        Await.result(stream.open("micro.client", options));
        return stream;
    }

    @Test
    void carriesMessagesBothWaysAndBothEnds() {
        PlainStream stream = open("Echo", 100);
        for (int i = 0; i < 7; i++) {
            stream.send(new JsonObject().put("i", i));
        }
        stream.end();
        for (int i = 0; i < 7; i++) {
            Message<Object> echoed = stream.next("message");
            assertThat(echoed.body()).isEqualTo(new JsonObject().put("i", i));
            assertThat(echoed.headers().get("number")).isEqualTo(Integer.toString(i + 1));
        }
        assertThat(stream.next("end").headers().contains("error")).isFalse();
    }

    @Test
    void sendsNoMoreThanThereIsCreditFor() {
        PlainStream stream = open("Count", 3);
        for (int i = 0; i < 3; i++) {
            assertThat(stream.next("message").body()).isEqualTo(new JsonObject().put("i", i));
        }
        PlainStream other = open("Echo", 1);
        other.send(new JsonObject());
        other.next("message");
        assertThat(stream.isQuiet()).isTrue();
        stream.write("credit", null, "credit", "2");
        assertThat(stream.next("message").body()).isEqualTo(new JsonObject().put("i", 3));
        assertThat(stream.next("message").body()).isEqualTo(new JsonObject().put("i", 4));
        stream.write("reset", null, "error", "enough");
    }

    @Test
    void givesCreditBackAsTheServiceReads() {
        PlainStream stream = open("Echo", 1000);
        int given = WINDOW;
        int sent = 0;
        int echoed = 0;
        while (echoed < 100) {
            while (sent < given) {
                stream.send(new JsonObject().put("i", sent++));
            }
            Message<Object> frame = stream.nextFrame();
            if (frame.headers().get("frame").equals("credit")) {
                given += Integer.parseInt(frame.headers().get("credit"));
            } else {
                assertThat(frame.body()).isEqualTo(new JsonObject().put("i", echoed++));
            }
        }
    }

    @Test
    void endsTheStreamOfWhoSendsBeyondHisCredit() {
        PlainStream stream = open("Wait", 10);
        for (int i = 0; i < 3000; i++) {
            stream.send(new JsonObject().put("much", "x".repeat(8192)));
        }
        Message<Object> reset = stream.next("reset");
        assertThat(MicroException.parse(reset.headers().get("error")).code()).isEqualTo(429);
    }

    @Test
    void endsAStreamThatHasLostAFrame() {
        PlainStream stream = open("Echo", 10);
        stream.write("message", new JsonObject(), "number", "2");
        assertThat(stream.next("reset").headers().get("error")).contains("frame 2 of the stream (expected: 1)");
    }

    @Test
    void bringsTheErrorAfterTheMessages() {
        PlainStream stream = open("Fail", 10);
        assertThat(stream.next("message").body()).isEqualTo(new JsonObject().put("before", true));
        String error = stream.next("end").headers().get("error");
        assertThat(error)
                .isEqualTo(
                        MicroException.of("streaming", 418, "short and stout").text());
    }

    @Test
    void tellsTheHandlerThatItsCallerCancels() {
        PlainStream stream = open("Wait", 10);
        stream.write("reset", null, "error", "no longer wanted");
        assertThat(StreamingVerticle.ENDS.next()).isNotNull();
    }

    @Test
    void tellsTheHandlerAtOnceThatItsCallerIsGone() {
        PlainStream stream = open("Wait", 10);
        long left = System.nanoTime();
        Await.result(stream.leave());
        assertThat(StreamingVerticle.ENDS.next()).isNotNull();
        assertThat(System.nanoTime() - left).isLessThan(5_000_000_000L);
    }

    @Test
    void endsAtTheDeadline() {
        PlainStream stream = open("Wait", 10, "timeout", "300000000");
        Message<Object> end = stream.next("end");
        assertThat(MicroException.parse(end.headers().get("error")).code()).isEqualTo(408);
    }

    @Test
    void letsStreamsEndWhenTheClientIsUndeployed() {
        PlainStream stream = open("Echo", 10);
        Future<Void> undeployed = vertx.undeploy(client);
        Throwable failure = Await.cause(vertx.eventBus().request("micro.client", null));
        while (!(failure instanceof ReplyException nobody && nobody.failureType() == ReplyFailure.NO_HANDLERS)) {
            failure = Await.cause(vertx.eventBus().request("micro.client", null));
        }
        stream.send(new JsonObject().put("late", true));
        assertThat(stream.next("message").body()).isEqualTo(new JsonObject().put("late", true));
        stream.end();
        assertThat(stream.next("end").headers().contains("error")).isFalse();
        Await.result(undeployed);
    }

    @Test
    void refusesWhatOpensNothing() {
        PlainStream stream = new PlainStream(vertx);
        assertRefused(stream.offer(1), 400, "header service: absent");
        DeliveryOptions unknown =
                stream.offer(1).addHeader("service", "nowhere").addHeader("endpoint", "A.B");
        assertRefused(unknown, 500, "not found");
        DeliveryOptions elsewhere = new DeliveryOptions()
                .addHeader("frame", "open")
                .addHeader("stream-id", "1")
                .addHeader("stream-address", "some.address");
        assertRefused(elsewhere, 400, "expected: micro.stream/");
        DeliveryOptions later = stream.offer(1);
        later.getHeaders().set("micro-version", "2");
        assertRefused(later, 400, "micro-version: 2");
    }

    private void assertRefused(DeliveryOptions options, int code, String detail) {
        Throwable failure = Await.cause(vertx.eventBus().request("micro.client", null, options));
        assertThat(failure).isInstanceOfSatisfying(ReplyException.class, refused -> {
            assertThat(refused.failureCode()).isEqualTo(code);
            assertThat(refused.getMessage()).contains(detail);
        });
    }

    private ClientStream<JsonObject, JsonObject> toHandler(DescribedClient client, CallContext context) {
        Request<JsonObject, JsonObject> request = Request.of(
                        "plain", StreamingVerticle.endpoint("Plain.Talk"), new JsonObject())
                .withOptions(CallOptions.DEFAULTS.withContentType("application/json"));
        return Await.result(client.stream(context, request));
    }

    @Test
    void aPlainHandlerStreams() {
        PlainStream handler = new PlainStream(vertx);
        Recording<Message<Object>> opened = new Recording<>();
        vertx.eventBus().consumer("micro.handler/plain/Plain.Talk", message -> {
            handler.meet(message);
            opened.handle(message);
            message.reply(null, handler.offer(10));
        });
        deploy(ServerVerticle.class, "plain", new JsonObject().put("streams", new JsonArray().add("Plain.Talk")));
        DescribedClient client = DescribedClient.create(vertx, new JsonObject().put("registry", registry));
        Recording<JsonObject> answers = new Recording<>();
        ClientStream<JsonObject, JsonObject> stream =
                toHandler(client, CallContext.create().withMetadata("Tenant", "blue"));
        stream.onMessage(answers);
        stream.send(new JsonObject().put("question", 1));
        assertThat(opened.next().headers().get("md.Tenant")).isEqualTo("blue");
        assertThat(handler.next("message").body()).isEqualTo(new JsonObject().put("question", 1));
        handler.send(new JsonObject().put("answer", 2));
        assertThat(answers.next()).isEqualTo(new JsonObject().put("answer", 2));
        stream.end();
        handler.next("end");
        handler.end(MicroException.conflict("plain", "no more").text());
        MicroException error = Await.failure(stream.ended());
        assertThat(error.code()).isEqualTo(409);
        assertThat(error.detail()).isEqualTo("no more");
        Await.result(client.close());
    }

    @Test
    void aCallerLearnsAtOnceThatAPlainHandlerIsGone() {
        PlainStream handler = new PlainStream(vertx);
        vertx.eventBus().consumer("micro.handler/plain/Plain.Talk", message -> {
            handler.meet(message);
            message.reply(null, handler.offer(10));
        });
        deploy(ServerVerticle.class, "plain", new JsonObject().put("streams", new JsonArray().add("Plain.Talk")));
        DescribedClient client = DescribedClient.create(vertx, new JsonObject().put("registry", registry));
        ClientStream<JsonObject, JsonObject> stream = toHandler(client, CallContext.create());
        stream.onMessage(nothing -> {}).send(new JsonObject());
        handler.next("message");
        Await.result(handler.leave());
        assertThat(Await.failure(stream.ended()).code()).isEqualTo(500);
        Await.result(client.close());
    }

    @Test
    void aHandlerThatTakesNoStreamIsSaidToTakeNone() {
        vertx.eventBus().consumer("micro.handler/plain/Plain.Talk", message -> message.reply(new JsonObject()));
        deploy(ServerVerticle.class, "plain", new JsonObject().put("streams", new JsonArray().add("Plain.Talk")));
        DescribedClient client = DescribedClient.create(vertx, new JsonObject().put("registry", registry));
        ClientStream<JsonObject, JsonObject> stream = toHandler(client, CallContext.create());
        stream.onMessage(nothing -> {});
        assertThat(Await.failure(stream.ended()).code()).isEqualTo(501);
        Await.result(client.close());
    }
}
