package dev.vertxmicro.cli.broker;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.cli.registry.RegistryCommand;
import dev.vertxmicro.cli.registry.RegistrySession;
import dev.vertxmicro.cli.terminal.Typed;
import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.LaunchException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** What the commands that use a broker have in common: they connect it, and close it at the end. */
public abstract class BrokerCommand extends RegistryCommand {
    private static final Duration LATER = Duration.ofMillis(500);

    private Work work = (session, broker) -> {};

    /** A message that waits for subscribers in a process that ends is a message lost: say so instead. */
    @Override
    protected void complete(CommandLine line, JsonObject descriptor) {
        JsonObject broker = section(descriptor, "broker");
        JsonObject http = section(broker, "http");
        if (!http.containsKey("mandatory")) {
            http.put("mandatory", true);
        }
        asGuest(descriptor);
        JsonObject mqtt = section(broker, "mqtt");
        Typed.duration(line, "timeout").ifPresent(timeout -> {
            String text = timeout.toMillis() + "ms";
            http.put("publishTimeout", text);
            section(broker, "eventbus").put("timeout", text);
            mqtt.put("publishTimeout", text).put("connectTimeout", text);
        });
    }

    /** Never as the service whose descriptor it is: an MQTT server would throw that out, and publish its last will. */
    public static void asGuest(JsonObject descriptor) {
        JsonObject mqtt = section(section(descriptor, "broker"), "mqtt");
        List.of("clientId", "will", "sessionExpiry").forEach(mqtt::remove);
        mqtt.put("cleanSession", true);
    }

    /** Gives a section to change; what is none is left to the parser to refuse. */
    private static JsonObject section(JsonObject parent, String key) {
        if (!parent.containsKey(key)) {
            parent.put(key, new JsonObject());
        }
        return parent.getValue(key) instanceof JsonObject section ? section : new JsonObject();
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
    protected final void answer(CommandLine line, RegistrySession session) {
        Broker broker = session.broker();
        ask(broker, broker::connect, timeout(line));
        work.run(session, broker);
        ask(broker, broker::close, timeout(line));
    }

    /** Refuses what was typed wrong, before anything is connected; gives what is to be done then. */
    abstract Work prepare(CommandLine line);

    /** What a command is there for. */
    interface Work {
        void run(RegistrySession session, Broker broker);
    }

    /** Asks the broker and waits for its answer, a little longer than that waits itself: it knows best what was missing. */
    static <T> T ask(Broker broker, Supplier<Future<T>> question, Duration timeout) {
        return RegistrySession.answer("broker " + broker.type(), question, timeout.plus(LATER));
    }
}
