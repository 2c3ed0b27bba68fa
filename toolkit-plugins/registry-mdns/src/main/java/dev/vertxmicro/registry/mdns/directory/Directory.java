package dev.vertxmicro.registry.mdns.directory;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.mdns.wire.DnsNames;
import dev.vertxmicro.registry.mdns.wire.DnsResponse;
import dev.vertxmicro.registry.mdns.wire.NodeRecords;
import dev.vertxmicro.registry.mdns.wire.TxtEncoding;
import dev.vertxmicro.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Knows the nodes that were heard of and those of this process, and tells what changes. Confined to the thread of its timers.
 *
 * <p>Asks for a node again when 80, 85, 90 and 95 % of its time to live have passed (RFC 6762, 5.2), and drops it when all of
 * it has. What it keeps is bounded by {@link DirectoryLimits}.
 */
public final class Directory {
    private static final long MAX_TTL = 3600;
    private static final int FIRST_ASK = 80;
    private static final int NEXT_ASK = 5;

    private final String suffix;
    private final Timers timers;
    private final Consumer<RegistryChange> changes;
    private final Consumer<String> ask;
    private final Interests interests;
    private final UnpackingBudget unfolding;
    private final DirectoryLimits room;
    private final Map<String, KnownNode> entries = new HashMap<>();
    private final Map<String, Map<String, KnownNode>> services = new TreeMap<>();
    private long characters;

    /**
     * Makes an empty directory.
     *
     * @param domain  domain of all names
     * @param timers  of the thread
     * @param changes told of each change
     * @param ask     told the name of a service one of whose nodes is to be asked for again
     * @param wanted  what is taken at all, and what does not make room for other things
     * @param full    told what there was no room for
     */
    public Directory(
            String domain,
            Timers timers,
            Consumer<RegistryChange> changes,
            Consumer<String> ask,
            Interests wanted,
            Consumer<String> full) {
        suffix = "." + domain;
        this.timers = timers;
        this.changes = changes;
        this.ask = ask;
        interests = wanted;
        unfolding = new UnpackingBudget(timers);
        room = new DirectoryLimits(timers, entries, wanted::named, node -> remove(node.instance), full);
    }

    /**
     * Takes what was heard of a node. One that nobody wants to know of is passed over before its text is looked at.
     *
     * @param heard  the node
     * @param source who told of it
     * @return false if it was malformed or there was no room for it
     */
    public boolean hear(DnsResponse.Instance heard, String source) {
        KnownNode known = entries.get(heard.name());
        if (heard.ttl() == 0) {
            remove(heard.name());
            return true;
        }
        if (known == null && !interests.wants(heard.name())) {
            return true;
        }
        if (known != null
                && known.text.equals(heard.txt())
                && known.node().address().equals(heard.address())) {
            known.source = source;
            renew(known, heard.ttl());
            return true;
        }
        try {
            String json = unfolding.unpack(TxtEncoding.unhex(heard.txt()));
            return take(heard, TxtEncoding.parse(json), json.length(), source);
        } catch (RuntimeException e) {
            // It is what a peer wrote: whatever cannot be read of it.
            return false;
        }
    }

    private boolean take(DnsResponse.Instance heard, TxtEncoding txt, int jsonLength, String source) {
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
        long weight = (long) heard.txt().length() + jsonLength;
        KnownNode known = entries.get(heard.name());
        if (known == null && !room.forNode(txt.service(), siblings(txt), source)) {
            return false;
        }
        long more = weight - (known == null ? 0 : known.weight);
        if (!room.forCharacters(txt.service(), siblings(txt), characters, more, source)) {
            return false;
        }
        KnownNode now = put(heard.name(), service);
        now.text = heard.txt();
        now.source = source;
        characters += weight - now.weight;
        now.weight = weight;
        renew(now, heard.ttl());
        return true;
    }

    private Collection<KnownNode> siblings(TxtEncoding txt) {
        return services.getOrDefault(txt.service(), Map.of()).values();
    }

    /**
     * Takes a node of this process; it stays until it is removed.
     *
     * @param publication the node
     */
    public void put(NodeRecords publication) {
        KnownNode entry = put(DnsNames.text(publication.instance()), publication.seen());
        entry.stop();
        entry.ttl = 0;
        entry.source = "";
    }

    private KnownNode put(String instance, ServiceInfo service) {
        KnownNode entry = entries.get(instance);
        if (entry == null) {
            KnownNode fresh = new KnownNode(instance, service);
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

    private void add(KnownNode entry) {
        entries.put(entry.instance, entry);
        services.computeIfAbsent(entry.service.name(), name -> new TreeMap<>()).put(entry.instance, entry);
    }

    /**
     * Drops a node. Does nothing if it is not known.
     *
     * @param instance its DNS name
     */
    public void remove(String instance) {
        KnownNode entry = entries.remove(instance);
        if (entry == null) {
            return;
        }
        entry.stop();
        characters -= entry.weight;
        Map<String, KnownNode> nodes = services.get(entry.service.name());
        if (nodes != null) {
            nodes.remove(instance);
            if (nodes.isEmpty()) {
                services.remove(entry.service.name());
            }
        }
        changes.accept(new RegistryChange(Action.DELETE, entry.service));
    }

    private void renew(KnownNode entry, long seconds) {
        entry.heard = timers.nanoTime();
        entry.ttl = Duration.ofSeconds(Math.min(seconds, MAX_TTL)).toNanos();
        entry.percent = FIRST_ASK;
        arm(entry);
    }

    private void arm(KnownNode entry) {
        long due = entry.heard + entry.ttl / 100 * entry.percent;
        entry.arm(timers.schedule(Duration.ofNanos(due - timers.nanoTime()), () -> due(entry)));
    }

    private void due(KnownNode entry) {
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
    public List<ServiceInfo> find(String name) {
        Map<String, List<KnownNode>> versions = new TreeMap<>();
        services.getOrDefault(name, Map.of()).values().forEach(entry -> versions.computeIfAbsent(
                        entry.service.version(), version -> new ArrayList<>())
                .add(entry));
        return versions.values().stream().map(Directory::merge).toList();
    }

    private static ServiceInfo merge(List<KnownNode> sameVersion) {
        return sameVersion
                .get(0)
                .service
                .withNodes(sameVersion.stream()
                        .map(KnownNode::node)
                        .sorted(Comparator.comparing(Node::id))
                        .toList());
    }

    /**
     * Names all services that have a node.
     *
     * @return the names, sorted
     */
    public Set<String> names() {
        return new TreeSet<>(services.keySet());
    }

    /**
     * Counts the nodes.
     *
     * @return how many are known
     */
    public int size() {
        return entries.size();
    }

    /** Forgets everything and tells nobody. */
    public void close() {
        entries.values().forEach(KnownNode::stop);
        entries.clear();
        services.clear();
        characters = 0;
    }
}
