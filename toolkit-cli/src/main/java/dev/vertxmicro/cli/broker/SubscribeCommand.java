package dev.vertxmicro.cli.broker;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.Delivery;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.cli.registry.RegistrySession;
import dev.vertxmicro.cli.terminal.Output;
import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.command.Stopping;
import dev.vertxmicro.command.Usage;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Prints the messages of a topic as they come, until it is stopped. */
public final class SubscribeCommand extends BrokerCommand {
    private static final long LOOK_MILLIS = 200;

    /** Holds one at most: the next comes when this one is printed. */
    private final BlockingQueue<Arrived> arrived = new LinkedBlockingQueue<>();

    private record Arrived(Delivery delivery, Promise<Void> printed) {}

    /** For the table of commands. */
    public SubscribeCommand() {}

    @Override
    public Usage usage() {
        return shared(Usage.named("subscribe", "Prints the messages of a topic as they come.")
                        .describedAs(
                                "Prints a line for each message of TOPIC until SIGINT or SIGTERM, or until there were"
                                        + " --count: time, topic, headers, body. With --json each line is an object with topic, headers"
                                        + " and body: JSON as it is, other text as a string, bytes in base64 with"
                                        + " \"encoding\":\"base64\". A message is acknowledged when it is printed.")
                        .argument("topic", "The topic; where the broker has patterns of topics, it may be one.")
                        .flag("queue", "name", "Shares the messages with all who subscribe with the same queue.")
                        .flag("count", "messages", "Ends after this many messages."))
                .build();
    }

    @Override
    Work prepare(CommandLine line) {
        int count = line.number("count", 0, 1);
        return (session, broker) -> subscribe(line, count, session, broker);
    }

    private void subscribe(CommandLine line, int count, RegistrySession session, Broker broker) {
        String topic = line.argument("topic");
        Duration timeout = timeout(line);
        String queue = line.value("queue", "");
        SubscribeOptions options =
                queue.isEmpty() ? SubscribeOptions.DEFAULTS : SubscribeOptions.DEFAULTS.withQueue(queue);
        Stopping leaving = Stopping.waitsFor("the broker to be left", () -> leave(session, broker, timeout));
        ask(broker, () -> broker.subscribe(topic, this::take, options), timeout);
        System.err.println(
                "subscribed to " + topic + " (broker " + broker.type() + " at " + broker.address() + "), until Ctrl-C");
        try {
            for (int printed = 0; count == 0 || printed < count; printed++) {
                print(next(), line.has("json"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        leaving.over();
    }

    /** Others must not go on sending to a process that is gone. */
    private static void leave(RegistrySession session, Broker broker, Duration timeout) {
        try {
            ask(broker, broker::close, timeout);
        } catch (LaunchException e) {
            System.err.println(e.getMessage());
        }
        session.close();
    }

    private Future<Void> take(Delivery delivery) {
        Promise<Void> printed = Promise.promise();
        arrived.add(new Arrived(delivery, printed));
        return printed.future();
    }

    private Arrived next() throws InterruptedException {
        while (true) {
            Arrived next = arrived.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (next != null) {
                return next;
            }
            if (Output.closed()) {
                throw LaunchException.failed("");
            }
        }
    }

    private static void print(Arrived next, boolean json) {
        if (json) {
            Output.json(MessageText.json(next.delivery()));
        } else {
            Output.line(MessageText.line(LocalTime.now(ZoneId.systemDefault()), next.delivery()));
        }
        if (Output.closed()) {
            throw LaunchException.failed("");
        }
        next.printed().complete();
    }
}
