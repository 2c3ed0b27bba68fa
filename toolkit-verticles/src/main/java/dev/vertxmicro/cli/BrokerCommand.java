package dev.vertxmicro.cli;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.LaunchException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** What the commands that use a broker have in common: they connect it, and close it at the end. */
abstract class BrokerCommand extends RegistryCommand {
    private Work work = (session, broker) -> {};

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
    public final void run(CommandLine line) {
        if (line.argument("topic").isBlank()) {
            throw LaunchException.usage("topic: empty (expected: a name)");
        }
        work = prepare(line);
        super.run(line);
    }

    @Override
    final void answer(CommandLine line, RegistrySession session) {
        Broker broker = session.broker();
        ask(broker, broker.connect(), timeout(line));
        work.run(session, broker);
        ask(broker, broker.close(), timeout(line));
    }

    /** Refuses what was typed wrong, before anything is connected; gives what is to be done then. */
    abstract Work prepare(CommandLine line);

    /** What a command is there for. */
    interface Work {
        void run(RegistrySession session, Broker broker);
    }

    /** Waits for an answer of the broker. */
    static <T> T ask(Broker broker, Future<T> answer, Duration timeout) {
        return RegistrySession.answer("broker " + broker.type(), answer, timeout);
    }
}
