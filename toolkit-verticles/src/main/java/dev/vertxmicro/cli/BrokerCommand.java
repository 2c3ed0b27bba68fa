package dev.vertxmicro.cli;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.launcher.LaunchException;
import io.vertx.core.Future;
import io.vertx.core.cli.CommandLine;
import io.vertx.core.cli.annotations.Argument;
import io.vertx.core.cli.annotations.Description;
import io.vertx.core.json.JsonObject;

/** What the commands that use a broker have in common: they connect it, and close it at the end. */
abstract class BrokerCommand extends RegistryCommand {
    private String topic = "";
    private Work work = (session, broker) -> {};

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
    final void answer(CommandLine line) {
        if (topic.isBlank()) {
            throw LaunchException.usage("topic: empty (expected: a name)");
        }
        work = prepare();
        super.answer(line);
    }

    @Override
    final void answer(RegistrySession session) {
        Broker broker = session.broker();
        ask(broker, broker.connect());
        work.run(session, broker);
        ask(broker, broker.close());
    }

    /** Refuses what was typed wrong, before anything is connected; gives what is to be done then. */
    abstract Work prepare();

    /** What a command is there for. */
    interface Work {
        void run(RegistrySession session, Broker broker);
    }

    /** Waits for an answer of the broker. */
    final <T> T ask(Broker broker, Future<T> answer) {
        return RegistrySession.answer("broker " + broker.type(), answer, timeout());
    }
}
