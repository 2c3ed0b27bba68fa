package dev.vertxmicro.registry.mdns;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Knows the nodes that were heard of and those of this process, and tells what changes. Confined to the thread of its timers.
 *
 * <p>Asks for a node again when 80, 85, 90 and 95 % of its time to live have passed (RFC 6762, 5.2), and drops it when all of
 * it has. What it keeps is bounded by a number of nodes and a number of characters.
 */
final class Directory {
    /** Most nodes that are kept. */
    static final int MAX_NODES = 10_000;
    /** Most characters of TXT records, packed and unpacked, that are kept. */
    static final long MAX_CHARACTERS = 64L << 20;

    private static final long MAX_TTL = 3600;
    private static final int FIRST_ASK = 80;
    private static final int NEXT_ASK = 5;

    private static final class Entry {
        private final String instance;
        private String text = "";
        private ServiceInfo service;
        private long weight;
        private long heard;
        private long ttl;
        private int percent = FIRST_ASK;
        private @Nullable Timer timer;

        Entry(String instance, ServiceInfo service) {
            this.instance = instance;
            this.service = service;
        }

        Node node() {
            return service.nodes().get(0);
        }

        void stop() {
            if (timer != null) {
                timer.cancel();
                timer = null;
            }
        }
    }

    private final String suffix;
    private final Timers timers;
    private final Consumer<RegistryChange> changes;
    private final Consumer<String> ask;
    private final Map<String, Entry> entries = new HashMap<>();
    private final Map<String, Map<String, Entry>> services = new TreeMap<>();
    private long characters;

    /**
     * Makes an empty directory.
     *
     * @param domain  domain of all names
     * @param timers  of the thread
     * @param changes told of each change
     * @param ask     told the name of a service one of whose nodes is to be asked for again
     */
    Directory(String domain, Timers timers, Consumer<RegistryChange> changes, Consumer<String> ask) {
        suffix = "." + domain;
        this.timers = timers;
        this.changes = changes;
        this.ask = ask;
    }

    /**
     * Takes what was heard of a node.
     *
     * @param heard the node
     * @return false if it was malformed or there was no room for it
     */
    boolean hear(Heard.Instance heard) {
        Entry entry = entries.get(heard.name());
        if (heard.ttl() == 0) {
            remove(heard.name());
            return true;
        }
        if (entry != null
                && entry.text.equals(heard.txt())
                && entry.node().address().equals(heard.address())) {
            renew(entry, heard.ttl());
            return true;
        }
        TxtEncoding txt;
        try {
            txt = TxtEncoding.decode(heard.txt());
        } catch (IllegalArgumentException e) {
            return false;
        }
        String tail = "." + txt.service() + suffix;
        if (txt.service().isEmpty()
                || !heard.name().endsWith(tail)
                || heard.name().length() == tail.length()) {
            return false;
        }
        String id = heard.name().substring(0, heard.name().length() - tail.length());
        ServiceInfo service = new ServiceInfo(
                txt.service(),
                txt.version(),
                Map.of(),
                txt.endpoints(),
                List.of(new Node(id, heard.address(), txt.metadata())));
        long weight = heard.txt().length() + (long) txt.json().encode().length();
        long grown = characters + weight - (entry == null ? 0 : entry.weight);
        if (grown > MAX_CHARACTERS || (entry == null && entries.size() >= MAX_NODES)) {
            return false;
        }
        Entry now = put(heard.name(), service);
        now.text = heard.txt();
        characters += weight - now.weight;
        now.weight = weight;
        renew(now, heard.ttl());
        return true;
    }

    /**
     * Takes a node of this process; it stays until it is removed.
     *
     * @param publication the node
     */
    void put(Publication publication) {
        Entry entry = put(DnsNames.text(publication.instance()), publication.seen());
        entry.stop();
        entry.ttl = 0;
    }

    private Entry put(String instance, ServiceInfo service) {
        Entry entry = entries.get(instance);
        if (entry == null) {
            Entry fresh = new Entry(instance, service);
            add(fresh);
            changes.accept(new RegistryChange(Action.CREATE, service));
            return fresh;
        }
        ServiceInfo before = entry.service;
        if (!before.version().equals(service.version()) || !before.name().equals(service.name())) {
            remove(instance);
            return put(instance, service);
        }
        entry.service = service;
        if (!before.equals(service)) {
            changes.accept(new RegistryChange(Action.UPDATE, service));
        }
        return entry;
    }

    private void add(Entry entry) {
        entries.put(entry.instance, entry);
        services.computeIfAbsent(entry.service.name(), name -> new TreeMap<>()).put(entry.instance, entry);
    }

    /**
     * Drops a node. Does nothing if it is not known.
     *
     * @param instance its DNS name
     */
    void remove(String instance) {
        Entry entry = entries.remove(instance);
        if (entry == null) {
            return;
        }
        entry.stop();
        characters -= entry.weight;
        Map<String, Entry> nodes = services.get(entry.service.name());
        if (nodes != null) {
            nodes.remove(instance);
            if (nodes.isEmpty()) {
                services.remove(entry.service.name());
            }
        }
        changes.accept(new RegistryChange(Action.DELETE, entry.service));
    }

    private void renew(Entry entry, long seconds) {
        entry.heard = timers.nanoTime();
        entry.ttl = Duration.ofSeconds(Math.min(seconds, MAX_TTL)).toNanos();
        entry.percent = FIRST_ASK;
        entry.stop();
        arm(entry);
    }

    private void arm(Entry entry) {
        long due = entry.heard + entry.ttl / 100 * entry.percent;
        entry.timer = timers.schedule(Duration.ofNanos(due - timers.nanoTime()), () -> due(entry));
    }

    private void due(Entry entry) {
        if (entry.percent >= 100) {
            remove(entry.instance);
            return;
        }
        entry.percent += NEXT_ASK;
        arm(entry);
        ask.accept(entry.service.name());
    }

    /**
     * Finds a service.
     *
     * @param name its name
     * @return one entry a version, nodes sorted by id
     */
    List<ServiceInfo> find(String name) {
        Map<String, List<Entry>> versions = new TreeMap<>();
        services.getOrDefault(name, Map.of()).values().forEach(entry -> versions.computeIfAbsent(
                        entry.service.version(), version -> new ArrayList<>())
                .add(entry));
        return versions.values().stream().map(Directory::merge).toList();
    }

    private static ServiceInfo merge(List<Entry> sameVersion) {
        return sameVersion
                .get(0)
                .service
                .withNodes(sameVersion.stream()
                        .map(Entry::node)
                        .sorted(Comparator.comparing(Node::id))
                        .toList());
    }

    /**
     * Names all services that have a node.
     *
     * @return the names, sorted
     */
    Set<String> names() {
        return new TreeSet<>(services.keySet());
    }

    /**
     * Counts the nodes.
     *
     * @return how many are known
     */
    int size() {
        return entries.size();
    }

    /** Forgets everything and tells nobody. */
    void close() {
        entries.values().forEach(Entry::stop);
        entries.clear();
        services.clear();
        characters = 0;
    }
}
