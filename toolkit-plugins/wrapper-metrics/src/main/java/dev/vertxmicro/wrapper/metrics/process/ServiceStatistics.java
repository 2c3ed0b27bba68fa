package dev.vertxmicro.wrapper.metrics.process;

import dev.vertxmicro.broker.BrokerStatistics;
import dev.vertxmicro.client.ClientStatistics;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerStatistics;
import dev.vertxmicro.wrapper.WrappedParts;
import dev.vertxmicro.wrapper.metrics.series.Meters;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;

/**
 * Shows what clients, servers and brokers have counted, for each service of this process; instances of one service together. May be used
 * from any thread.
 */
public final class ServiceStatistics {
    private static final double NANOS = 1e9;

    private final Meters meters;
    private final Map<String, Shown> services = new ConcurrentHashMap<>();

    /** Parts of an instance, and of whose deployment: a broker is one for all of that. */
    private record Instance(Object owner, WrappedParts parts) {}

    /** A service, and what shows it; the functions are held here, for the registry does not. */
    private static final class Shown {
        private final List<Instance> instances = new CopyOnWriteArrayList<>();
        private final List<Meter> meters = new ArrayList<>();
        private final List<DoubleSupplier> held = new ArrayList<>();
        private boolean serving;
    }

    /**
     * Makes one that shows nothing yet.
     *
     * @param meters where
     */
    public ServiceStatistics(Meters meters) {
        this.meters = meters;
    }

    /**
     * Adds an instance.
     *
     * @param owner  of whose deployment it is
     * @param parts  its parts
     * @param common what all meters have
     */
    public synchronized void add(Object owner, WrappedParts parts, Tags common) {
        Shown shown = services.computeIfAbsent(parts.service(), service -> {
            Shown first = new Shown();
            client(first, common.and("service", service));
            broker(
                    first,
                    common.and(
                            "service",
                            service,
                            "messaging.system",
                            parts.broker().type()));
            return first;
        });
        shown.instances.add(new Instance(owner, parts));
        if (parts.server().isPresent() && !shown.serving) {
            shown.serving = true;
            server(shown, common.and("service", parts.service()));
        }
    }

    /**
     * Forgets the instances of a deployment.
     *
     * @param owner which
     */
    public synchronized void remove(Object owner) {
        services.values().removeIf(shown -> {
            shown.instances.removeIf(instance -> instance.owner() == owner);
            boolean gone = shown.instances.isEmpty();
            if (gone) {
                shown.meters.forEach(meters::remove);
            }
            return gone;
        });
    }

    private void client(Shown shown, Tags tags) {
        client(
                shown,
                "rpc.client.running",
                tags,
                "Calls and streams that run, by all clients",
                ClientStatistics::running);
        client(
                shown,
                "rpc.client.retry_budget",
                tags,
                "Retries for which there is room",
                ClientStatistics::retryBudget);
        clients(shown, "rpc.client.calls", tags, "Calls begun", ClientStatistics::calls);
        clients(shown, "rpc.client.attempts.repeated", tags, "Attempts beyond the first", ClientStatistics::retries);
        clients(shown, "rpc.client.hedges", tags, "Attempts besides one that runs", ClientStatistics::hedges);
        clients(shown, "rpc.client.late_answers", tags, "Answers nobody waited for", ClientStatistics::lateAnswers);
        clients(shown, "rpc.client.ejections", tags, "Nodes left out, how often", ClientStatistics::ejections);
        gauge(shown, "rpc.client.ejected_nodes", tags, "Nodes that are left out", ServiceStatistics::ejected);
        DoubleSupplier age = () -> shown.instances.stream()
                .mapToDouble(instance -> instance.parts().selector().age().toNanos() / NANOS)
                .max()
                .orElse(0);
        shown.meters.add(meters.gauge(
                "registry.age.seconds", tags, "How long ago the registry has confirmed what calls go by", age));
    }

    private static double ejected(WrappedParts parts) {
        Collection<List<Node>> nodes = parts.selector().ejected().values();
        return nodes.stream().mapToInt(List::size).sum();
    }

    private void client(
            Shown shown, String name, Tags tags, String description, ToDoubleFunction<ClientStatistics> value) {
        gauge(
                shown,
                name,
                tags,
                description,
                parts -> value.applyAsDouble(parts.client().statistics()));
    }

    private void clients(
            Shown shown, String name, Tags tags, String description, ToDoubleFunction<ClientStatistics> value) {
        count(
                shown,
                name,
                tags,
                description,
                parts -> value.applyAsDouble(parts.client().statistics()));
    }

    private void server(Shown shown, Tags tags) {
        server(shown, "rpc.server.running", tags, "Calls, streams and events that run", ServerStatistics::running);
        server(shown, "rpc.server.abandoned", tags, "Handlers nobody waits for", ServerStatistics::abandoned);
        server(shown, "rpc.server.limit", tags, "Calls that may run", ServerStatistics::limit);
        servers(shown, "rpc.server.calls", tags, "Requests and events let in", ServerStatistics::calls);
        servers(shown, "rpc.server.refused", tags, "Requests and events refused", ServerStatistics::refused);
        servers(shown, "rpc.server.shed", tags, "Those refused as calls took too long", ServerStatistics::shed);
        servers(shown, "rpc.server.late_answers", tags, "Answers nobody waited for", ServerStatistics::lateAnswers);
    }

    private void server(
            Shown shown, String name, Tags tags, String description, ToDoubleFunction<ServerStatistics> value) {
        gauge(shown, name, tags, description, parts -> of(parts.server(), value));
    }

    private void servers(
            Shown shown, String name, Tags tags, String description, ToDoubleFunction<ServerStatistics> value) {
        count(shown, name, tags, description, parts -> of(parts.server(), value));
    }

    private static double of(Optional<Server> server, ToDoubleFunction<ServerStatistics> value) {
        return server.map(serving -> value.applyAsDouble(serving.statistics())).orElse(0.0);
    }

    private void broker(Shown shown, Tags tags) {
        shown.meters.add(meters.gauge(
                "messaging.waiting",
                tags,
                "Messages that subscribers have not settled yet",
                () -> brokers(shown, BrokerStatistics::waiting)));
        brokers(
                shown,
                "messaging.redeliveries",
                tags,
                "Attempts that another followed",
                BrokerStatistics::redeliveries);
        brokers(
                shown,
                "messaging.dead_letters",
                tags,
                "Messages sent to a dead-letter topic",
                BrokerStatistics::deadLetters);
        brokers(shown, "messaging.dropped", tags, "Messages given up for good", BrokerStatistics::dropped);
    }

    private void brokers(
            Shown shown, String name, Tags tags, String description, ToDoubleFunction<BrokerStatistics> value) {
        hold(shown, name, tags, description, () -> brokers(shown, value));
    }

    private static double brokers(Shown shown, ToDoubleFunction<BrokerStatistics> value) {
        List<Object> seen = new ArrayList<>(1);
        double sum = 0;
        for (Instance instance : shown.instances) {
            if (seen.stream().noneMatch(owner -> owner == instance.owner())) {
                seen.add(instance.owner());
                sum += value.applyAsDouble(instance.parts().broker().statistics());
            }
        }
        return sum;
    }

    private void gauge(Shown shown, String name, Tags tags, String description, ToDoubleFunction<WrappedParts> value) {
        shown.meters.add(meters.gauge(name, tags, description, () -> sum(shown, value)));
    }

    private void count(Shown shown, String name, Tags tags, String description, ToDoubleFunction<WrappedParts> value) {
        hold(shown, name, tags, description, () -> sum(shown, value));
    }

    private void hold(Shown shown, String name, Tags tags, String description, DoubleSupplier value) {
        shown.held.add(value);
        shown.meters.add(meters.count(name, tags, description, value));
    }

    private static double sum(Shown shown, ToDoubleFunction<WrappedParts> value) {
        double sum = 0;
        for (Instance instance : shown.instances) {
            sum += value.applyAsDouble(instance.parts());
        }
        return sum;
    }
}
