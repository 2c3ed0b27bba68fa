package dev.vertxmicro.verticle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.eventbus.transport.EventBusTransport;
import dev.vertxmicro.eventbus.transport.EventBusTransportOptions;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.program.JavaProcess;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls and streams between two processes of a cluster, over the event bus. */
class BusClusterTest {
    private static final CallContext CALL = CallContext.create();
    private static final int LARGEST = 16 << 20;

    private final List<Integer> ports = Cluster.freePorts(2);
    private Vertx vertx;
    private JavaProcess other;
    private Transport transport;
    private String address;

    @BeforeEach
    void join() throws Exception {
        vertx = Cluster.join(ports.get(0), ports).await(30, TimeUnit.SECONDS);
        other = JavaProcess.start(
                BusProcess.class.getName(),
                ports.get(1).toString(),
                ports.get(0).toString(),
                ports.get(1).toString());
        address = other.await("ready ").split(" ", -1)[2];
        transport = EventBusTransport.create(vertx, EventBusTransportOptions.DEFAULTS);
    }

    @AfterEach
    void leave() {
        other.close();
        Await.result(transport.close());
        Await.result(vertx.close());
    }

    private static Message text(String body) {
        return new Message(Metadata.EMPTY, Buffer.buffer(body));
    }

    private static Message large(int bytes) {
        byte[] body = new byte[bytes];
        new Random(7).nextBytes(body);
        return new Message(Metadata.of("Kind", "large 蓝"), Buffer.buffer(body));
    }

    @Test
    void bringsALargeMessageWhichDoesNotHoldUpSmallOnes() {
        Recording<String> arrived = new Recording<>();
        Message sent = large(LARGEST);
        Future<Message> large = transport
                .request(address, sent, CALL)
                .onComplete(answer -> arrived.handle("large " + answer.succeeded()));
        for (int i = 0; i < 3; i++) {
            Message small = Await.result(transport.request(address, text("small"), CALL));
            arrived.handle(small.body().toString());
        }
        Message answer = Await.result(large);
        assertThat(answer.body()).isEqualTo(sent.body());
        assertThat(answer.headers().value("Kind", "none")).isEqualTo("large 蓝");
        assertThat(List.of(arrived.next(), arrived.next(), arrived.next(), arrived.next()))
                .containsExactly("small", "small", "small", "large true");
    }

    @Test
    void bringsALargeAnswerToASmallRequest() {
        Message make = new Message(Metadata.of("Make", Integer.toString(LARGEST)), Buffer.buffer());
        assertThat(Await.result(transport.request(address, make, CALL)).body().length())
                .isEqualTo(LARGEST);
        Message more = new Message(Metadata.of("Make", Integer.toString(LARGEST + 1)), Buffer.buffer());
        assertThat(Await.failure(transport.request(address, more, CALL)).code()).isEqualTo(413);
    }

    @Test
    void refusesWhatIsTooLarge() {
        MicroException here = Await.failure(transport.request(address, large(LARGEST + 1), CALL));
        assertThat(here.code()).isEqualTo(413);
        Transport generous =
                EventBusTransport.create(vertx, EventBusTransportOptions.DEFAULTS.withMaxMessageBytes(2 * LARGEST));
        MicroException there = Await.failure(generous.request(address, large(LARGEST + 1), CALL));
        assertThat(there.code()).isEqualTo(413);
        assertThat(there.detail()).isEqualTo("message exceeds 16777216 bytes");
        Await.result(generous.close());
    }

    @Test
    void carriesAStreamInOrder() {
        Socket socket = Await.result(transport.open(address, text("first"), CALL));
        Recording<Message> echoed = new Recording<>();
        Recording<Metadata> ends = new Recording<>();
        socket.onMessage(echoed).onEnd(ends);
        send(socket, 0);
        for (int i = 0; i < 1000; i++) {
            assertThat(echoed.next().body().toString()).isEqualTo("message " + i);
        }
        assertThat(ends.next().value("Why", "none")).isEqualTo("done");
        Await.result(socket.closed());
    }

    private static void send(Socket socket, int from) {
        for (int i = from; i < 1000; i++) {
            int next = i + 1;
            Future<Void> sent = socket.send(text("message " + i));
            if (!sent.isComplete()) {
                sent.onSuccess(room -> send(socket, next));
                return;
            }
        }
        socket.end(Metadata.of("Why", "done"));
    }

    @Test
    void tellsAtOnceThatTheOtherProcessHasDied() {
        Socket socket = Await.result(transport.open(address, text("first"), CALL));
        socket.onMessage(message -> {});
        Message never = new Message(Metadata.of("Never", "answered"), Buffer.buffer());
        Future<Message> call = transport.request(address, never, CALL);
        Await.result(transport.request(address, text("there"), CALL));
        long died = System.nanoTime();
        other.close();
        assertThat(Await.failure(socket.closed()).code()).isEqualTo(500);
        assertThat(Await.failure(call).code()).isEqualTo(500);
        assertThat(Duration.ofNanos(System.nanoTime() - died)).isLessThan(Duration.ofSeconds(6));
        MicroException refused = Await.failure(transport.request(address, text("nobody"), CALL));
        assertThat(refused.retryable()).isTrue();
    }

    private final String plain = "127.0.0.1:" + Cluster.freePorts(1).get(0);

    private DescribedClient plain() {
        JsonObject registry = new JsonObject().put("type", "memory");
        JsonObject server = new JsonObject()
                .put("address", plain)
                .put("endpoints", new JsonArray().add("Plain.Bytes").add("Plain.Make"))
                .put("streams", new JsonArray().add("Plain.Talk"));
        JsonObject descriptor = new JsonObject()
                .put("service", new JsonObject().put("name", "plain"))
                .put("server", server)
                .put("registry", registry);
        Await.result(
                vertx.deployVerticle(ServerVerticle.class.getName(), new DeploymentOptions().setConfig(descriptor)));
        return DescribedClient.create(vertx, new JsonObject().put("registry", registry));
    }

    @Test
    void aPlainHandlerOfAnotherProcessStreams() {
        DescribedClient client = plain();
        Request<JsonObject, JsonObject> request = Request.of(
                        "plain", StreamingVerticle.endpoint("Plain.Talk"), new JsonObject())
                .withOptions(
                        CallOptions.DEFAULTS.withContentType("application/json").withAddresses(plain));
        ClientStream<JsonObject, JsonObject> stream = Await.result(client.stream(CALL, request));
        Recording<JsonObject> echoed = new Recording<>();
        stream.onMessage(echoed);
        for (int i = 0; i < 10; i++) {
            stream.send(new JsonObject().put("i", i));
        }
        for (int i = 0; i < 10; i++) {
            assertThat(echoed.next()).isEqualTo(new JsonObject().put("i", i));
        }
        other.close();
        assertThat(Await.failure(stream.ended()).code()).isEqualTo(500);
        Await.result(client.close());
    }

    @Test
    void aPlainHandlerOfAnotherProcessGetsALargeBodyAndAnswersOne() {
        DescribedClient client = plain();
        Recording<String> arrived = new Recording<>();
        Buffer body = large(LARGEST - 1024).body();
        Future<Buffer> echoed = call(client, "Plain.Bytes", body).onComplete(done -> arrived.handle("large"));
        for (int i = 0; i < 3; i++) {
            Await.result(call(client, "Plain.Bytes", Buffer.buffer("small")));
            arrived.handle("small");
        }
        assertThat(Await.result(echoed)).isEqualTo(body);
        assertThat(List.of(arrived.next(), arrived.next(), arrived.next(), arrived.next()))
                .containsExactly("small", "small", "small", "large");
        int most = LARGEST - 1024;
        Buffer made = Await.result(call(client, "Plain.Make", Buffer.buffer(Integer.toString(most))));
        assertThat(made.length()).isEqualTo(most);
        Await.result(client.close());
    }

    private Future<Buffer> call(DescribedClient client, String name, Buffer body) {
        Endpoint<Buffer, Buffer> endpoint = Endpoint.unary(name, Buffer.class, Buffer.class);
        CallOptions options = CallOptions.DEFAULTS
                .withContentType("application/octet-stream")
                .withAddresses(plain)
                .withRequestTimeout(Duration.ofSeconds(20));
        return client.call(CALL, Request.of("plain", endpoint, body).withOptions(options));
    }
}
