package dev.vertxmicro.registry.mdns.peer;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.mdns.directory.Directory;
import dev.vertxmicro.registry.mdns.directory.Interests;
import dev.vertxmicro.registry.mdns.wire.DnsNames;
import dev.vertxmicro.registry.mdns.wire.DnsResponse;
import dev.vertxmicro.registry.mdns.wire.MdnsErrors;
import dev.vertxmicro.registry.mdns.wire.NodeRecords;
import dev.vertxmicro.registry.mdns.wire.PacketSender;
import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;

/**
 * The registry without threads and sockets: a responder, a directory and a querier that share a network. Confined to the thread
 * of its timers.
 */
public final class MdnsPeer {
    private static final System.Logger LOG = LateLogger.of(MdnsPeer.class);
    private static final long LOG_EVERY = Duration.ofMinutes(1).toNanos();

    private final String domain;
    private final Name host;
    private final Timers timers;
    private final Responder responder;
    private final Directory directory;
    private final Querier querier;
    private final Interests interests;
    private final Set<Follower> watchers = new LinkedHashSet<>();
    private long dropped;
    private long logged;

    /**
     * Makes a peer.
     *
     * @param settings of its network
     * @param timers of the thread
     * @param sender sends
     */
    public MdnsPeer(PeerSettings settings, Timers timers, PacketSender sender) {
        domain = settings.domain();
        host = DnsNames.name("host name", settings.host());
        this.timers = timers;
        interests = new Interests(domain, timers);
        RareWarning full = new RareWarning(LOG, timers);
        directory = new Directory(domain, timers, this::tell, this::refresh, interests, full::warn);
        querier = new Querier(domain, settings.lookupTimeout(), timers, sender, directory, interests);
        responder = new Responder(domain, host, settings.port(), timers, sender, directory::remove);
        logged = timers.nanoTime() - LOG_EVERY;
    }

    /**
     * Takes a packet.
     *
     * @param packet it
     * @param source who sent it
     */
    public void receive(byte[] packet, InetSocketAddress source) {
        try {
            Message message = new Message(packet);
            if (message.getHeader().getFlag(Flags.QR)) {
                heard(DnsResponse.read(message, domain, source.getAddress()), source);
            } else {
                responder.answer(message, source);
            }
        } catch (IOException | RuntimeException | StackOverflowError e) {
            drop(source, e.toString());
        }
    }

    private void heard(DnsResponse heard, InetSocketAddress source) {
        querier.listed(heard.services());
        for (DnsResponse.Instance node : heard.nodes()) {
            if (node.name().endsWith("." + domain)
                    && !responder.owns(node.name())
                    && !directory.hear(node, source.getHostString())) {
                drop(source, "node " + node.name() + " is malformed or one too many");
            }
        }
    }

    private void drop(InetSocketAddress source, String reason) {
        dropped++;
        if (timers.nanoTime() - logged >= LOG_EVERY) {
            logged = timers.nanoTime();
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "mdns: {0} packets dropped so far, the last from {1}: {2}",
                    dropped,
                    source,
                    reason);
        }
    }

    /**
     * Counts what was malformed or too much.
     *
     * @return packets dropped
     */
    long dropped() {
        return dropped;
    }

    /**
     * Counts the nodes that are known.
     *
     * @return how many
     */
    public int size() {
        return directory.size();
    }

    /**
     * Publishes the nodes of a service.
     *
     * @param service it
     * @param ttl until they lapse, zero for never
     */
    public void register(ServiceInfo service, Duration ttl) {
        if (service.nodes().isEmpty()) {
            throw MdnsErrors.refused("nodes: none (expected: >= 1)");
        }
        if (ttl.isNegative()) {
            throw MdnsErrors.refused("ttl: " + ttl + " (expected: >= 0)");
        }
        long seconds = ttl.isZero() ? NodeRecords.GO_TTL : seconds(ttl);
        List<NodeRecords> publications = new ArrayList<>();
        for (Node node : service.nodes()) {
            publications.add(NodeRecords.of(service.withNodes(List.of(node)), domain, host, seconds));
        }
        for (NodeRecords publication : publications) {
            responder.publish(publication, ttl);
            directory.put(publication);
        }
    }

    private static long seconds(Duration ttl) {
        long seconds = ttl.getNano() == 0 ? ttl.getSeconds() : ttl.getSeconds() + 1;
        return Math.min(seconds, Integer.MAX_VALUE);
    }

    /**
     * Takes the nodes of a service back.
     *
     * @param service it
     */
    public void deregister(ServiceInfo service) {
        for (Node node : service.nodes()) {
            String instance = node.id() + "." + service.name() + "." + domain;
            responder.withdraw(service.name(), instance).ifPresent(gone -> directory.remove(instance));
        }
    }

    /**
     * Finds a service.
     *
     * @param name its name
     * @param result told when it is known or the time is up
     */
    public void get(String name, Consumer<List<ServiceInfo>> result) {
        querier.get(name, known -> {}, result);
    }

    /**
     * Lists the services.
     *
     * @param result told when the time is up
     */
    public void list(Consumer<List<String>> result) {
        querier.list(result);
    }

    /** One who watches all services, or that of a name. */
    private record Follower(String service, Consumer<RegistryChange> watcher) {}

    /**
     * Watches all services, once it is known what there is.
     *
     * @param watcher told of changes
     * @param ready told when it starts
     */
    public void watch(Consumer<RegistryChange> watcher, Runnable ready) {
        querier.learn(() -> {
            watchers.add(new Follower("", watcher));
            interests.all(true);
            ready.run();
        });
    }

    /**
     * Watches one service, once it is known what there is of it.
     *
     * @param service its name
     * @param watcher told of changes
     * @param soFar   told of what is known, each time it changes, until it starts
     * @param ready   told when it starts
     */
    public void watch(
            String service, Consumer<RegistryChange> watcher, Consumer<List<ServiceInfo>> soFar, Runnable ready) {
        querier.get(service, soFar, found -> {
            watchers.add(new Follower(service, watcher));
            interests.follow(service);
            ready.run();
        });
    }

    /**
     * Ends a watch.
     *
     * @param watcher which
     */
    public void unwatch(Consumer<RegistryChange> watcher) {
        for (Follower follower : List.copyOf(watchers)) {
            if (follower.watcher() == watcher && watchers.remove(follower)) {
                interests.unfollow(follower.service());
            }
        }
        interests.all(watchers.stream().anyMatch(follower -> follower.service().isEmpty()));
    }

    private void tell(RegistryChange change) {
        querier.changed(change.service().name(), change.action() == RegistryChange.Action.CREATE);
        String service = change.service().name();
        for (Follower follower : List.copyOf(watchers)) {
            if (follower.service().isEmpty() || follower.service().equals(service)) {
                follower.watcher().accept(change);
            }
        }
    }

    private void refresh(String service) {
        querier.refresh(service);
    }

    /** Tells a set of interfaces that is new what there is, and asks it. */
    public void interfacesChanged() {
        responder.announceAll();
        querier.askAll();
    }

    /**
     * Says goodbye and forgets everything.
     *
     * @param done told when all is sent
     */
    public void close(Runnable done) {
        watchers.clear();
        responder.close(done);
        directory.close();
    }
}
