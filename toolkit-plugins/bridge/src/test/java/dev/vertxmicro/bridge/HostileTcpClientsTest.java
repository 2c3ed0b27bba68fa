package dev.vertxmicro.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.testkit.recording.RecordedLogs;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What clients may try by TCP, each with one line in the log at most. */
class HostileTcpClientsTest extends BridgeFixture {
    private static final String ASK = "{'type': 'send', 'address': 'echo', 'replyAddress': 'r', 'body': 'on'}";

    private final RecordedLogs logs = RecordedLogs.ofAll();

    @AfterEach
    void wereLoggedOnce() {
        logs.close();
        assertThat(logs.all().stream()
                        .filter(line -> !line.contains("Listening on")
                                && !line.contains(" is a handler at ")
                                && !line.startsWith("Discarding message")))
                .hasSizeLessThanOrEqualTo(1);
    }

    private void deployWith(String limits) throws Exception {
        deploy(config().put("limits", FrameClient.json(limits)));
    }

    private void assertServes() throws IOException {
        try (FrameClient client = new FrameClient(port)) {
            assertThat(client.ask(ASK).getString("body")).isEqualTo("on");
        }
    }

    private static ReplyFailure failureOf(Future<?> request) throws Exception {
        try {
            await(request);
            throw new AssertionError("answered (expected: a failure)");
        } catch (ReplyException failure) {
            return failure.failureType();
        }
    }

    /** Waits until nobody listens at an address any more. */
    private void awaitNobodyAt(String address) throws Exception {
        ReplyFailure failure;
        do {
            failure = failureOf(vertx.eventBus().request(address, "there?"));
        } while (failure != ReplyFailure.NO_HANDLERS);
    }

    @Test
    void sendLengthsThatAreNone() throws Exception {
        deployWith("{'maxMessageBytes': 1000}");
        for (int length : new int[] {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1001}) {
            try (FrameClient client = new FrameClient(port)) {
                client.raw(ByteBuffer.allocate(12).putInt(length).putLong(0).array());
                assertThat(client.read().getString("message")).isEqualTo("message_too_large");
                client.awaitEnd();
            }
        }
        assertServes();
    }

    @Test
    void sendNoise() throws Exception {
        deployWith("{'maxConnectionsPerHost': 1000}");
        Random random = new Random(7);
        String words = "{}[]\":,0-e.typesendaddressechoreplyAddressheadersbody\\u";
        for (int round = 0; round < 300; round++) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            StringBuilder frame = new StringBuilder("{\"type\":\"send\",\"address\":");
            for (int i = 0; i < random.nextInt(60); i++) {
                frame.append(words.charAt(random.nextInt(words.length())));
            }
            try (FrameClient client = new FrameClient(port)) {
                client.raw(round % 2 == 0 ? noise : FrameClient.framed(frame.toString()));
            } catch (IOException closed) {
                // as it may
            }
        }
        String deep = "[".repeat(100_000);
        try (FrameClient client = new FrameClient(port)) {
            client.raw(FrameClient.framed("{\"type\":\"send\",\"address\":\"echo\",\"body\":" + deep));
            assertThat(client.read().getString("message")).isEqualTo("invalid_json");
            String most = "{\"type\":\"send\",\"address\":\"echo\",\"replyAddress\":\"r\",\"body\":" + "[".repeat(99)
                    + "]".repeat(99) + "}";
            client.raw(FrameClient.framed(most));
            assertThat(client.read().getString("address")).isEqualTo("r");
        }
        assertServes();
    }

    @Test
    void neverRead() throws Exception {
        deployWith("{'maxPendingBytes': 100000, 'maxConnections': 2}");
        try (FrameClient deaf = new FrameClient(port)) {
            deaf.socket.setReceiveBufferSize(1024);
            deaf.register("out.x");
            JsonObject large = new JsonObject().put("text", "x".repeat(50_000));
            for (int i = 0; i < 400; i++) {
                vertx.eventBus().publish("out.x", large);
            }
            awaitNobodyAt("out.x");
            // Its place is free again.
            try (FrameClient one = new FrameClient(port)) {
                assertThat(one.ask(ASK).getString("body")).isEqualTo("on");
                assertServesSoon();
            }
        }
    }

    /** The connection that was given up may take a moment to be counted out. */
    private void assertServesSoon() throws IOException {
        for (int attempt = 0; attempt < 1000; attempt++) {
            try {
                assertServes();
                return;
            } catch (IOException full) {
                Thread.onSpinWait();
            }
        }
        assertServes();
    }

    @Test
    void askAndNeverRead() throws Exception {
        deployWith("{'maxPendingBytes': 50000, 'maxInFlight': 10, 'idleTimeout': '500ms', 'maxConnections': 1}");
        try (FrameClient deaf = new FrameClient(port)) {
            deaf.socket.setReceiveBufferSize(1024);
            byte[] ask = FrameClient.framed("{\"type\":\"send\",\"address\":\"echo\",\"replyAddress\":\"r\",\"body\":\""
                    + "x".repeat(9000) + "\"}");
            // Nobody reads it either, once it owes so much.
            Thread writer = new Thread(() -> {
                try {
                    for (int i = 0; i < 100_000; i++) {
                        deaf.raw(ask);
                    }
                } catch (IOException closed) {
                    // as it should be
                }
            });
            writer.start();
            writer.join(30_000);
            assertThat(writer.isAlive()).isFalse();
            assertServesSoon();
        }
    }

    @Test
    void sayNothingOrHalfOfSomething() throws Exception {
        deployWith("{'idleTimeout': '300ms'}");
        try (FrameClient silent = new FrameClient(port);
                FrameClient half = new FrameClient(port)) {
            half.raw(new byte[] {0, 0, 1});
            silent.awaitEnd();
            half.awaitEnd();
        }
        assertServes();
    }

    @Test
    void comeByTheThousand() throws Exception {
        deployWith("{'maxConnections': 1000, 'maxConnectionsPerHost': 1000}");
        List<FrameClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 1000; i++) {
                FrameClient client = new FrameClient(port);
                clients.add(client);
                client.register("out." + i);
            }
            try (FrameClient more = new FrameClient(port)) {
                more.awaitEnd();
            }
            vertx.eventBus().publish("out.999", "you");
            assertThat(clients.get(999).read().getString("body")).isEqualTo("you");
        } finally {
            for (FrameClient client : clients) {
                client.close();
            }
        }
        awaitNobodyAt("out.0");
        awaitNobodyAt("out.999");
        assertServesSoon();
    }

    @Test
    void comeInGreatNumberFromOneHost() throws Exception {
        deployWith("{'maxConnectionsPerHost': 2}");
        try (FrameClient one = new FrameClient(port);
                FrameClient two = new FrameClient(port)) {
            assertThat(one.ask(ASK).getString("body")).isEqualTo("on");
            assertThat(two.ask(ASK).getString("body")).isEqualTo("on");
            try (FrameClient three = new FrameClient(port)) {
                three.awaitEnd();
            }
        }
        assertServesSoon();
    }

    private static int refusedUntilPong(FrameClient client) throws IOException {
        int refused = 0;
        client.send("{'type': 'ping'}");
        JsonObject frame = client.read();
        while (!"pong".equals(frame.getString("type"))) {
            refused += "max_handlers_reached".equals(frame.getString("message")) ? 1 : 0;
            frame = client.read();
        }
        return refused;
    }

    @Test
    void registerAndUnregisterWithoutEnd() throws Exception {
        deployWith("{'maxHandlers': 5}");
        try (FrameClient client = new FrameClient(port)) {
            byte[] on = FrameClient.framed("{\"type\":\"register\",\"address\":\"out.x\"}");
            byte[] off = FrameClient.framed("{\"type\":\"unregister\",\"address\":\"out.x\"}");
            for (int batch = 0; batch < 40; batch++) {
                for (int i = 0; i < 500; i++) {
                    client.raw(on);
                    client.raw(off);
                }
                refusedUntilPong(client);
            }
            for (int i = 0; i < 20; i++) {
                client.send("{'type': 'register', 'address': 'out." + i + "'}");
            }
            int refused = refusedUntilPong(client);
            assertThat(refused).isGreaterThanOrEqualTo(15);
        }
        awaitNobodyAt("out.x");
        awaitNobodyAt("out.0");
        assertServes();
    }

    @Test
    void answerWhatOthersWereAsked() throws Exception {
        deployWith("{}");
        try (FrameClient asked = new FrameClient(port);
                FrameClient thief = new FrameClient(port)) {
            asked.register("out.x");
            Future<Message<Object>> question = vertx.eventBus().request("out.x", "who?");
            String reply = asked.read().getString("replyAddress");
            thief.send(
                    new JsonObject().put("type", "send").put("address", reply).put("body", "me"));
            assertThat(thief.read().getString("message")).isEqualTo("access_denied");
            JsonObject answer =
                    new JsonObject().put("type", "send").put("address", reply).put("body", "I");
            asked.send(answer);
            assertThat(await(question).body()).isEqualTo("I");
            asked.send(answer);
            assertThat(asked.read().getString("message")).isEqualTo("access_denied");
        }
    }

    @Test
    void neverAnswer() throws Exception {
        deployWith("{'maxUnanswered': 3, 'replyTimeout': '300ms'}");
        try (FrameClient client = new FrameClient(port)) {
            client.register("out.x");
            for (int i = 0; i < 3; i++) {
                vertx.eventBus().request("out.x", i);
                client.read();
            }
            assertThatThrownBy(() -> await(vertx.eventBus().request("out.x", "more")))
                    .isInstanceOfSatisfying(ReplyException.class, failure -> assertThat(failure.failureCode())
                            .isEqualTo(503));
            // Those that nobody can wait for any more do not count.
            ReplyFailure failure;
            do {
                failure =
                        failureOf(vertx.eventBus().request("out.x", "later", new DeliveryOptions().setSendTimeout(50)));
            } while (failure == ReplyFailure.RECIPIENT_FAILURE);
            assertThat(failure).isEqualTo(ReplyFailure.TIMEOUT);
            assertThat(client.read().getString("body")).isEqualTo("later");
        }
    }

    @Test
    void askMoreThanIsAnswered() throws Exception {
        deployWith("{'maxInFlight': 3, 'replyTimeout': '300ms'}");
        BlockingQueue<Message<Object>> taken = taken("in.slow");
        try (FrameClient client = new FrameClient(port)) {
            for (int i = 0; i < 4; i++) {
                client.send("{'type': 'send', 'address': 'in.slow', 'replyAddress': 'r" + i + "'}");
            }
            JsonObject refused = client.read();
            assertThat(refused.getString("address")).isEqualTo("r3");
            assertThat(refused.getInteger("failureCode")).isEqualTo(503);
            for (int i = 0; i < 3; i++) {
                assertThat(client.read().getString("failureType")).isEqualTo("TIMEOUT");
            }
            assertThat(client.ask(ASK).getString("body")).isEqualTo("on");
        }
        assertThat(taken).hasSize(3);
    }

    @Test
    void makeOthersWorkWithoutWaiting() throws Exception {
        deployWith("{'maxInFlight': 3}");
        BlockingQueue<Message<Object>> calls = taken("micro.client");
        try (FrameClient client = new FrameClient(port)) {
            String call =
                    "{'type': 'send', 'address': 'micro.client', 'headers': {'service': 'greeter', 'endpoint': 'Greeter.Hello'}}";
            for (int i = 0; i < 4; i++) {
                client.send(call);
            }
            assertThat(client.read().getString("message")).isEqualTo("too_many_requests");
            next(calls).reply(null);
            next(calls).fail(500, "no");
            client.send("{'type': 'ping'}");
            assertThat(client.read().getString("type")).isEqualTo("pong");
            client.send(call);
            client.send("{'type': 'ping'}");
            assertThat(client.read().getString("type")).isEqualTo("pong");
        }
    }
}
