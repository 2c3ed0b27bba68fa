package dev.vertxmicro.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.bridge.BridgeOptions;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.eventbus.bridge.tcp.TcpEventBusBridge;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.Test;

/** The bridge of vertx-tcp-eventbus-bridge, whose clients are to find the same here, and the messages of ours that pass through it. */
class UpstreamTcpBridgeTest extends BridgeFixture {

    private void openUpstream() throws Exception {
        BridgeOptions options = new BridgeOptions()
                .addInboundPermitted(new PermittedOptions().setAddress("echo"))
                .addInboundPermitted(new PermittedOptions().setAddressRegex("in\\..*"))
                .addInboundPermitted(new PermittedOptions().setAddress("micro.client"))
                .addOutboundPermitted(new PermittedOptions().setAddressRegex("out\\..*"));
        await(TcpEventBusBridge.create(vertx, options).listen(webPort, "127.0.0.1"));
    }

    /** Says the same to a bridge, and notes what it answers. */
    private List<JsonObject> talk(int bridge) throws Exception {
        List<JsonObject> heard = new ArrayList<>();
        String failing = "in.failing" + bridge;
        vertx.eventBus().consumer(failing, message -> message.fail(42, "because"));
        vertx.eventBus().consumer("in.two" + bridge, message -> message.replyAndRequest("ask")
                .onSuccess(second -> second.reply("got " + second.body())));
        try (FrameClient client = new FrameClient(bridge)) {
            heard.add(client.ask("{'type': 'ping'}"));
            heard.add(client.ask(
                    "{'type': 'send', 'address': 'echo', 'replyAddress': 'a', 'body': {'x': [1, null, 'ü']}}"));
            heard.add(client.ask("{'type': 'send', 'address': '" + failing + "', 'replyAddress': 'b'}"));
            heard.add(client.ask("{'type': 'send', 'address': 'nobody', 'body': 1}"));
            heard.add(client.ask("{'type': 'publish', 'address': 'nobody', 'body': 1}"));
            heard.add(client.ask("{'type': 'register', 'address': 'nobody'}"));
            heard.add(client.ask("{'type': 'unregister', 'address': 'out.unknown'}"));
            heard.add(client.ask("{'type': 'send'}"));
            client.send("{'type': 'register', 'address': 'out.x'}");
            client.ask("{'type': 'ping'}");
            DeliveryOptions options = new DeliveryOptions().addHeader("h", "1");
            vertx.eventBus().publish("out.x", new JsonObject().put("published", true), options);
            heard.add(client.read());
            var reply = vertx.eventBus().request("out.x", "sent");
            JsonObject asked = client.read();
            client.send(new JsonObject()
                    .put("type", "send")
                    .put("address", asked.getString("replyAddress"))
                    .put("body", "done"));
            heard.add(asked.putNull("replyAddress"));
            heard.add(new JsonObject().put("reply", await(reply).body()));
            JsonObject question =
                    client.ask("{'type': 'send', 'address': 'in.two" + bridge + "', 'replyAddress': 'c'}");
            client.send(new JsonObject()
                    .put("type", "send")
                    .put("address", question.getString("replyAddress"))
                    .put("replyAddress", "d")
                    .put("body", "answer"));
            heard.add(question.putNull("replyAddress"));
            heard.add(client.read());
            client.send("{'type': 'unregister', 'address': 'out.x'}");
            heard.add(client.ask("{'type': 'unregister', 'address': 'out.x'}"));
        }
        heard.forEach(frame -> {
            if (frame.getValue("headers") instanceof JsonObject none && none.isEmpty()) {
                frame.remove("headers");
            }
            frame.put(
                    "sourceAddress",
                    String.valueOf(frame.getValue("sourceAddress")).replaceAll("[0-9]+$", ""));
        });
        return heard;
    }

    @Test
    void saysTheSameAsOurs() throws Exception {
        deploy(config());
        openUpstream();
        assertThat(talk(port)).isEqualTo(talk(webPort));
    }

    @Test
    void carriesTheTimeOfACallUnderItsOtherName() throws Exception {
        openUpstream();
        BlockingQueue<Message<Object>> calls = taken("micro.client");
        try (FrameClient client = new FrameClient(webPort)) {
            client.send("{'type': 'send', 'address': 'micro.client', 'replyAddress': 'r',"
                    + " 'headers': {'service': 'greeter', 'timeout': 5000, 'micro-timeout': '3000000000'}}");
            Message<Object> call = next(calls);
            assertThat(call.headers().contains("timeout")).isFalse();
            assertThat(call.headers().get("micro-timeout")).isEqualTo("3000000000");
            call.reply("answered");
            assertThat(client.read().getString("body")).isEqualTo("answered");
        }
    }
}
