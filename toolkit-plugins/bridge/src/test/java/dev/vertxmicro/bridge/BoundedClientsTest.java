package dev.vertxmicro.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.Test;

/** What clients that are allowed in cannot do all the same. */
class BoundedClientsTest extends BridgeFixture {
    private static final String HELLO = "'service': 'greeter', 'endpoint': 'Greeter.Hello'";

    private void deployWith(String limits) throws Exception {
        deploy(config().put("limits", FrameClient.json(limits)));
    }

    private static String call(String headers) {
        return "{'type': 'send', 'address': 'micro.client', 'replyAddress': 'r', 'headers': {" + HELLO + headers + "}}";
    }

    private static String subscribe(String owner, String id) {
        return "{'type': 'send', 'address': 'micro.broker', 'replyAddress': 'r', 'headers': {'action': 'subscribe',"
                + " 'topic': 'news', 'owner': '" + owner + "', 'subscription': '" + id + "'}}";
    }

    @Test
    void sayNothingOfOtherTopicsOrOthersMessages() throws Exception {
        deployWith("{}");
        BlockingQueue<Message<Object>> published = taken("micro.broker.publish");
        try (FrameClient client = new FrameClient(port)) {
            client.send("{'type': 'send', 'address': 'micro.broker.publish', 'headers': {'topic': 'news',"
                    + " 'md.Micro-Topic': 'payments', 'id': 'order-1', 'md.Colour': 'red'}, 'body': {}}");
            Message<Object> message = next(published);
            assertThat(message.headers().contains("md.Micro-Topic")).isFalse();
            assertThat(message.headers().get("md.Colour")).isEqualTo("red");
            assertThat(message.headers().get("id")).endsWith("-order-1").isNotEqualTo("order-1");
        }
    }

    @Test
    void sendWhatOthersWorkFor() throws Exception {
        deployWith("{}");
        BlockingQueue<Message<Object>> calls = taken("micro.client");
        try (FrameClient client = new FrameClient(port)) {
            for (String address : new String[] {"micro.client", "micro.broker", "micro.broker.publish"}) {
                assertThat(client.ask("{'type': 'publish', 'address': '" + address + "', 'headers': {" + HELLO
                                        + ", 'topic': 'news'}}")
                                .getString("message"))
                        .isEqualTo("access_denied");
            }
        }
        assertThat(calls).isEmpty();
    }

    @Test
    void subscribeSoOftenAndNoMore() throws Exception {
        deployWith("{'maxHandlers': 2, 'maxHandlersInAll': 4, 'maxUnanswered': 5}");
        BlockingQueue<Message<Object>> asked = taken("micro.broker");
        try (FrameClient client = new FrameClient(port)) {
            client.register("micro.owner/1");
            for (String id : new String[] {"a", "b"}) {
                client.send(subscribe("micro.owner/1", id));
                Message<Object> request = next(asked);
                assertThat(((JsonObject) request.body()).getInteger("bufferMessages"))
                        .isEqualTo(5);
                request.reply(new JsonObject());
                client.read();
            }
            assertThat(client.ask(subscribe("micro.owner/1", "c")).getString("message"))
                    .contains("max_handlers_reached");
            client.send("{'type': 'unregister', 'address': 'micro.owner/1', 'replyAddress': 'r'}");
            for (String id : new String[] {"a", "b"}) {
                Message<Object> leaving = next(asked);
                assertThat(leaving.headers().get("action")).isEqualTo("unsubscribe");
                assertThat(leaving.headers().get("subscription")).isEqualTo(id);
                leaving.reply(new JsonObject());
            }
            client.read();
            client.register("micro.owner/2");
            client.send(subscribe("micro.owner/2", "a"));
            next(asked).fail(400, "no");
            assertThat(client.read().getInteger("failureCode")).isEqualTo(400);
            client.send(subscribe("micro.owner/2", "b"));
            next(asked).reply(new JsonObject());
            client.read();
        }
    }

    @Test
    void askForNoMoreTimeThanTheyHave() throws Exception {
        deployWith("{'replyTimeout': '200ms'}");
        BlockingQueue<Message<Object>> calls = taken("micro.client");
        BlockingQueue<Message<Object>> cancelled = taken("micro.cancel");
        try (FrameClient client = new FrameClient(port)) {
            JsonObject failed = client.ask(call(", 'micro-timeout': '3000000000000000000'"));
            assertThat(failed.getString("failureType")).isEqualTo("TIMEOUT");
            Message<Object> request = next(calls);
            assertThat(request.headers().get("micro-timeout")).isEqualTo("200000000");
            assertThat(next(cancelled).headers().get("call"))
                    .isEqualTo(request.headers().get("call"));
            for (String none : new String[] {"0", "-1", "x"}) {
                assertThat(client.ask(call(", 'micro-timeout': '" + none + "'")).getString("message"))
                        .isEqualTo("invalid_frame");
            }
        }
    }

    @Test
    void getNoMessageThatIsLargerThanMayWaitForThem() throws Exception {
        deployWith("{'maxPendingBytes': 2000}");
        vertx.eventBus()
                .consumer(
                        "in.large",
                        message -> message.reply(
                                message.body() == null
                                        ? Buffer.buffer(new byte[3000])
                                        : new JsonObject().put("text", "x".repeat(3000))));
        try (FrameClient client = new FrameClient(port)) {
            for (String body : new String[] {"null", "1"}) {
                JsonObject failed = client.ask(
                        "{'type': 'send', 'address': 'in.large', 'replyAddress': 'r', 'body': " + body + "}");
                assertThat(failed.getString("address")).isEqualTo("r");
                assertThat(failed.getInteger("failureCode")).isEqualTo(413);
            }
            client.register("out.x");
            Future<Message<Object>> request = vertx.eventBus().request("out.x", "x".repeat(3000));
            assertThatThrownBy(() -> await(request))
                    .isInstanceOfSatisfying(ReplyException.class, failure -> assertThat(failure.failureCode())
                            .isEqualTo(413));
            assertThat(client.ask("{'type': 'send', 'address': 'echo', 'replyAddress': 'r', 'body': 1}")
                            .getInteger("body"))
                    .isEqualTo(1);
        }
    }

    @Test
    void useUpNoMoreThanThereIsForAll() throws Exception {
        deployWith("{'maxInFlightInAll': 1, 'maxHandlersInAll': 1}");
        BlockingQueue<Message<Object>> calls = taken("micro.client");
        try (FrameClient client = new FrameClient(port);
                FrameClient other = new FrameClient(port)) {
            client.send(call(""));
            Message<Object> first = next(calls);
            assertThat(other.ask(call("")).getString("message")).contains("too_many_requests");
            first.reply(new JsonObject());
            client.read();
            other.send(call(""));
            next(calls).reply(new JsonObject());
            assertThat(other.read().getString("type")).isEqualTo("message");

            client.register("out.x");
            assertThatThrownBy(() -> other.register("out.y")).hasMessageContaining("max_handlers_reached");
            client.ask("{'type': 'unregister', 'address': 'out.x', 'replyAddress': 'r'}");
            other.register("out.y");
        }
    }

    @Test
    void failACallByAReplyThatCannotBeRead() throws Exception {
        deployWith("{}");
        try (FrameClient client = new FrameClient(port)) {
            client.register("micro.handler/clock/Clock.Now");
            for (String reply :
                    new String[] {"'failureCode': 'ENOENT'", "'headers': {'micro-body': 'base64'}, 'body': '!'"}) {
                Future<Message<Object>> asked = vertx.eventBus().request("micro.handler/clock/Clock.Now", null);
                String to = client.read().getString("replyAddress");
                client.ask("{'type': 'send', 'address': '" + to + "', " + reply + "}");
                assertThatThrownBy(() -> await(asked))
                        .as(reply)
                        .isInstanceOfSatisfying(ReplyException.class, failure -> assertThat(failure.failureCode())
                                .isEqualTo(500));
            }
        }
    }

    @Test
    void sayInRepliesNothingThatIsTheServersToSay() throws Exception {
        deployWith("{}");
        try (FrameClient client = new FrameClient(port)) {
            client.register("micro.handler/clock/Clock.Now");
            Future<Message<Object>> asked = vertx.eventBus().request("micro.handler/clock/Clock.Now", null);
            client.send("{'type': 'send', 'address': '" + client.read().getString("replyAddress")
                    + "', 'headers': {'micro-absent': 'true', 'md.Micro-Not-Taken': 'true', 'md.From': 'b'}}");
            assertThat(await(asked).headers().names()).containsExactly("md.From");
        }
    }

    @Test
    void sayWhoTheyActForOnlyIfThatIsGranted() throws Exception {
        deploy(config().put("allow", new JsonArray().add(grant().put("metadata", new JsonArray().add("Tenant")))));
        BlockingQueue<Message<Object>> calls = taken("micro.client");
        try (FrameClient client = new FrameClient(port)) {
            client.send(call(", 'md.Tenant': 'a', 'md.Micro-From-Service': 'billing', 'md.Micro-User': 'root'"));
            Message<Object> request = next(calls);
            assertThat(request.headers().get("md.Tenant")).isEqualTo("a");
            assertThat(request.headers().contains("md.Micro-From-Service")).isFalse();
            assertThat(request.headers().contains("md.Micro-User")).isFalse();
        }
    }

    @Test
    void goOnWithFramesThatCannotBeFollowedForSoLong() throws Exception {
        deployWith("{}");
        try (FrameClient client = new FrameClient(port)) {
            byte[] bad = FrameClient.framed("nonsense");
            for (int i = 0; i < 32; i++) {
                client.raw(bad);
                assertThat(client.read().getString("message")).isEqualTo("invalid_json");
            }
            client.awaitEnd();
        }
    }
}
