package dev.vertxmicro.cli;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.Delivery;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.launcher.LaunchException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.cli.annotations.Description;
import io.vertx.core.cli.annotations.Name;
import io.vertx.core.cli.annotations.Option;
import io.vertx.core.cli.annotations.Summary;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Prints the messages of a topic as they come, until it is stopped. */
@Name("subscribe")
@Summary("Prints the messages of a topic as they come.")
@Description(
        "Prints a line for each message of TOPIC until SIGINT or SIGTERM, or until there were --count: time, topic, headers,"
                + " body. With --json each line is an object with topic, headers and body: JSON as it is, other text as a"
                + " string, bytes in base64 with \"encoding\":\"base64\". A message is acknowledged when it is printed.")
public final class SubscribeCommand extends BrokerCommand {
    private static final long LOOK_MILLIS = 200;

    /** Holds one at most: the next comes when this one is printed. */
    private final BlockingQueue<Arrived> arrived = new LinkedBlockingQueue<>();

    private String queue = "";
    private int count;
    private volatile boolean ended;

    private record Arrived(Delivery delivery, Promise<Void> printed) {}

    /** For the factory. */
    public SubscribeCommand() {}

    /**
     * Sets the queue.
     *
     * @param name its name
     */
    @Option(longName = "queue", argName = "name")
    @Description("Shares the messages with all who subscribe with the same queue.")
    public void setQueue(String name) {
        queue = name;
    }

    /**
     * Sets how many messages to wait for.
     *
     * @param text at least 1
     */
    @Option(longName = "count", argName = "messages")
    @Description("Ends after this many messages.")
    public void setCount(String text) {
        count = Typed.number("--count", text, 1);
    }

    @Override
    Work prepare() {
        return this::subscribe;
    }

    private void subscribe(RegistrySession session, Broker broker) {
        SubscribeOptions options =
                queue.isEmpty() ? SubscribeOptions.DEFAULTS : SubscribeOptions.DEFAULTS.withQueue(queue);
        leaveWhenStopped(session, broker);
        ask(broker, broker.subscribe(topic(), this::take, options));
        System.err.println("subscribed to " + topic() + " (broker " + broker.type() + " at " + broker.address()
                + "), until Ctrl-C");
        try {
            for (int printed = 0; count == 0 || printed < count; printed++) {
                print(next());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ended = true;
    }

    /** Others must not go on sending to a process that is gone. */
    private void leaveWhenStopped(RegistrySession session, Broker broker) {
        Thread leaving = new Thread(
                () -> {
                    if (!ended) {
                        leave(session, broker);
                    }
                },
                "leave");
        Runtime.getRuntime().addShutdownHook(leaving);
    }

    private void leave(RegistrySession session, Broker broker) {
        try {
            ask(broker, broker.close());
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

    private void print(Arrived next) {
        if (json()) {
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
