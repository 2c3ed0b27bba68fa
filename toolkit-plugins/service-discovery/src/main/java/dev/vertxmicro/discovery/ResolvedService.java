package dev.vertxmicro.discovery;

import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import dev.vertxmicro.registry.local.ServiceFeed;
import dev.vertxmicro.registry.local.ServiceTable;
import dev.vertxmicro.time.Timers;
import io.vertx.core.spi.endpoint.EndpointBuilder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of one service, in the form that a client keeps them. Once it has none it is of no use any more: the client asks
 * for another.
 *
 * @param <E> the client's list of nodes
 */
final class ResolvedService<E> {
    private final MicroAddress address;
    private final EndpointBuilder<E, HostPort> empty;
    private final Consumer<ResolvedService<E>> onClose;
    private final ServiceTable table;
    private final ServiceFeed feed;
    private volatile E endpoint;
    private boolean complete;
    private volatile boolean closed;
    private @Nullable Watch watch;

    ResolvedService(
            MicroAddress address,
            EndpointBuilder<E, HostPort> empty,
            Timers timers,
            Consumer<ResolvedService<E>> onClose) {
        this.address = address;
        this.empty = empty;
        this.onClose = onClose;
        this.endpoint = empty.build();
        table = new ServiceTable(Duration.ZERO, timers, change -> {});
        feed = new ServiceFeed(table);
        feed.asking();
    }

    synchronized void watchedBy(Watch begun) {
        if (closed) {
            begun.close();
        } else {
            watch = begun;
        }
    }

    synchronized void changed(RegistryChange change) {
        feed.changed(change);
        if (complete) {
            rebuild();
        }
    }

    /** Takes what was looked up after the watch began; false if there is no node. */
    synchronized boolean found(List<ServiceInfo> versions) {
        feed.answered(address.service(), versions);
        feed.asked();
        complete = true;
        return rebuild();
    }

    private boolean rebuild() {
        Map<String, HostPort> nodes = new LinkedHashMap<>();
        for (ServiceInfo version : table.get(address.service())) {
            if (address.version().isEmpty() || address.version().equals(version.version())) {
                version.nodes()
                        .forEach(node -> HostPort.parse(node.address()).ifPresent(at -> nodes.put(node.id(), at)));
            }
        }
        if (nodes.isEmpty()) {
            close();
            return false;
        }
        EndpointBuilder<E, HostPort> builder = empty;
        for (Map.Entry<String, HostPort> node : nodes.entrySet()) {
            builder = builder.addServer(node.getValue(), node.getKey());
        }
        endpoint = builder.build();
        return true;
    }

    E endpoint() {
        return endpoint;
    }

    boolean valid() {
        return !closed;
    }

    synchronized void close() {
        closed = true;
        if (watch != null) {
            watch.close();
            watch = null;
        }
        onClose.accept(this);
    }
}
