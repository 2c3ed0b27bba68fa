package dev.vertxmicro.registry.local;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Feeds a {@link ServiceTable} from two sides at once: whole answers that were asked for, and changes that come by themselves.
 *
 * <p>An answer may be older than a change that overtook it. So while an answer is awaited changes are set aside, of each node
 * the last, and come after it. Where the backend numbers its changes and says up to which number an answer goes, what the
 * answer knew already is left out. May be used concurrently.
 */
public final class ServiceFeed {
    private record Waiting(RegistryChange change, long number) {}

    private final ServiceTable table;
    private final Map<List<String>, Waiting> waiting = new LinkedHashMap<>();
    private final Map<String, Long> answeredUpTo = new HashMap<>();
    private int questions;

    /**
     * Makes a feed.
     *
     * @param table what it feeds
     */
    public ServiceFeed(ServiceTable table) {
        this.table = table;
    }

    /** Sets changes aside, as an answer is awaited from now on. Each question is ended by one {@link #asked}. */
    public synchronized void asking() {
        questions++;
    }

    /** Ends a question, after its answers were taken or it has failed; after the last one what was set aside follows. */
    public synchronized void asked() {
        questions--;
        if (questions == 0) {
            List<Waiting> following = List.copyOf(waiting.values());
            waiting.clear();
            following.forEach(next -> changed(next.change(), next.number()));
        }
    }

    /**
     * Takes an answer of a backend that does not number its changes.
     *
     * @param name     the service's name
     * @param versions all that the backend knows of it
     */
    public synchronized void answered(String name, List<ServiceInfo> versions) {
        table.seen(name, versions);
    }

    /**
     * Takes an answer of a backend that numbers its changes.
     *
     * @param name     the service's name
     * @param versions all that the backend knows of it
     * @param upTo     number of the last change that the answer knows of
     */
    public synchronized void answered(String name, List<ServiceInfo> versions, long upTo) {
        answeredUpTo.put(name, upTo);
        table.seen(name, versions);
    }

    /** Forgets the numbers of answers, for a backend that counts anew. */
    public synchronized void renumber() {
        answeredUpTo.clear();
        waiting.clear();
    }

    /**
     * Takes a change of a backend that does not number them.
     *
     * @param change the change
     */
    public void changed(RegistryChange change) {
        changed(change, Long.MAX_VALUE);
    }

    /**
     * Takes a change.
     *
     * @param change the change
     * @param number its number; each is greater than the one before
     */
    public synchronized void changed(RegistryChange change, long number) {
        ServiceInfo service = change.service();
        if (questions == 0) {
            if (number > answeredUpTo.getOrDefault(service.name(), Long.MIN_VALUE)) {
                table.changed(change);
            }
            return;
        }
        if (change.action() == Action.DELETE && service.nodes().isEmpty()) {
            List<String> version = List.of(service.name(), service.version());
            waiting.keySet().removeIf(key -> key.subList(0, 2).equals(version));
            table.get(service.name()).stream()
                    .filter(known -> known.version().equals(service.version()))
                    .forEach(known -> setAside(new RegistryChange(Action.DELETE, known), number));
        }
        setAside(change, number);
    }

    private void setAside(RegistryChange change, long number) {
        ServiceInfo service = change.service();
        for (Node node : service.nodes()) {
            List<String> key = List.of(service.name(), service.version(), node.id());
            waiting.remove(key);
            waiting.put(
                    key, new Waiting(new RegistryChange(change.action(), service.withNodes(List.of(node))), number));
        }
    }
}
