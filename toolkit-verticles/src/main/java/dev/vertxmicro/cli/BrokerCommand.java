package dev.vertxmicro.cli;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.launcher.LaunchException;
import io.vertx.core.Future;
import io.vertx.core.cli.annotations.Argument;
import io.vertx.core.cli.annotations.Description;
import io.vertx.core.json.JsonObject;

/** What the commands that use a broker have in common: they connect it, and close it at the end. */
abstract class BrokerCommand extends RegistryCommand {
    private String topic = "";

    /**
     * Sets the topic.
     *
     * @param name its name
     */
    @Argument(index = 0, argName = "topic")
    @Description("The topic; where the broker has patterns of topics, subscribe takes one.")
    public void setTopic(String name) {
        topic = name;
    }

    final String topic() {
        return topic;
    }

    /** A message that waits for subscribers in a process that ends is a message lost: say so instead. */
    @Override
    void complete(JsonObject descriptor) {
        JsonObject broker = descriptor.getJsonObject("broker", new JsonObject());
        JsonObject http = broker.getJsonObject("http", new JsonObject());
        if (!http.containsKey("mandatory")) {
            descriptor.put("broker", broker.put("http", http.put("mandatory", true)));
        }
    }

    @Override
    final void answer(RegistrySession session) {
        if (topic.isBlank()) {
            throw LaunchException.usage("topic: empty (expected: a name)");
        }
        Broker broker = session.broker();
        ask(broker, broker.connect());
        answer(session, broker);
        ask(broker, broker.close());
    }

    /** Does what the command is there for, with the broker connected. */
    abstract void answer(RegistrySession session, Broker broker);

    /** Waits for an answer of the broker. */
    final <T> T ask(Broker broker, Future<T> answer) {
        return RegistrySession.answer("broker " + broker.type(), answer, timeout());
    }
}
