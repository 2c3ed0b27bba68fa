package dev.vertxmicro.cli.registry;

import dev.vertxmicro.cli.terminal.Output;
import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.command.Usage;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceJson;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** Prints the changes of a registry as they come, until it is stopped. */
public final class WatchCommand extends RegistryCommand {
    /** Changes that may wait for a slow reader. */
    private static final int MOST_WAITING = 10_000;

    private final BlockingQueue<RegistryChange> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicBoolean lost = new AtomicBoolean();

    /** For the table of commands. */
    public WatchCommand() {}

    @Override
    public Usage usage() {
        return shared(Usage.named("watch", "Prints the changes of a registry as they come.")
                        .describedAs(
                                "Prints a line for each change of SERVICE, or of all services, until SIGINT or SIGTERM:"
                                        + " time, create, update or delete, name, version, node and its address. With --json each line"
                                        + " is an object as micro.registry.changes carries it.")
                        .optional("service", "Name of the service; default all."))
                .build();
    }

    @Override
    protected void answer(CommandLine line, RegistrySession session) {
        String service = line.optional("service").orElse("");
        Duration timeout = timeout(line);
        // a watch waits for a registry to come back; whether there is one, only a question tells
        session.ask(registry -> registry.list(), timeout);
        session.ask(
                registry -> service.isEmpty() ? registry.watch(this::changed) : registry.watch(service, this::changed),
                timeout);
        System.err.println("watching "
                + (service.isEmpty() ? "all services" : service) + " (registry "
                + session.registry().type() + "), until Ctrl-C");
        try {
            while (!Output.closed()) {
                print(waiting.take(), line.has("json"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void changed(RegistryChange change) {
        if (!waiting.offer(change)) {
            lost.set(true);
        }
    }

    private void print(RegistryChange change, boolean json) {
        if (lost.get()) {
            throw LaunchException.failed("vertx watch: changes come faster than they are read: more than "
                    + MOST_WAITING + " wait (expected: a reader that keeps up)");
        }
        if (json) {
            Output.json(ServiceJson.write(change));
        } else {
            ServiceText.change(LocalTime.now(ZoneId.systemDefault()), change).forEach(Output::line);
        }
    }
}
