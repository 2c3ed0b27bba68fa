package dev.vertxmicro.cli;

import dev.vertxmicro.launcher.LaunchException;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceJson;
import io.vertx.core.cli.annotations.Argument;
import io.vertx.core.cli.annotations.Description;
import io.vertx.core.cli.annotations.Name;
import io.vertx.core.cli.annotations.Summary;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** Prints the changes of a registry as they come, until it is stopped. */
@Name("watch")
@Summary("Prints the changes of a registry as they come.")
@Description(
        "Prints a line for each change of SERVICE, or of all services, until SIGINT or SIGTERM: time, create, update or"
                + " delete, name, version, node and its address. With --json each line is an object as micro.registry.changes"
                + " carries it.")
public final class WatchCommand extends RegistryCommand {
    /** Changes that may wait for a slow reader. */
    private static final int MOST_WAITING = 10_000;

    private final BlockingQueue<RegistryChange> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicBoolean lost = new AtomicBoolean();
    private String service = "";

    /** For the factory. */
    public WatchCommand() {}

    /**
     * Sets the service.
     *
     * @param name its name
     */
    @Argument(index = 0, argName = "service", required = false)
    @Description("Name of the service; default all.")
    public void setService(String name) {
        service = name;
    }

    @Override
    void answer(RegistrySession session) {
        // a watch waits for a registry to come back; whether there is one, only a question tells
        session.ask(registry -> registry.list(), timeout());
        session.ask(
                registry -> service.isEmpty() ? registry.watch(this::changed) : registry.watch(service, this::changed),
                timeout());
        System.err.println("watching "
                + (service.isEmpty() ? "all services" : service) + " (registry "
                + session.registry().type() + "), until Ctrl-C");
        try {
            while (!Output.closed()) {
                print(waiting.take());
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

    private void print(RegistryChange change) {
        if (lost.get()) {
            throw LaunchException.failed("vertx watch: changes come faster than they are read: more than "
                    + MOST_WAITING + " wait (expected: a reader that keeps up)");
        }
        if (json()) {
            Output.json(ServiceJson.write(change));
        } else {
            ServiceText.change(LocalTime.now(ZoneId.systemDefault()), change).forEach(Output::line);
        }
    }
}
