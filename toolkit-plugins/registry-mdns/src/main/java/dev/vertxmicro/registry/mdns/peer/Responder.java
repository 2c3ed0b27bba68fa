package dev.vertxmicro.registry.mdns.peer;

import dev.vertxmicro.registry.mdns.wire.DnsNames;
import dev.vertxmicro.registry.mdns.wire.NodeRecords;
import dev.vertxmicro.registry.mdns.wire.PacketSender;
import dev.vertxmicro.registry.mdns.wire.PacketWriter;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;

/**
 * Publishes the nodes of this process: announces, answers, says goodbye. Confined to the thread of its timers.
 *
 * <p>As go-micro's {@code util/mdns/server.go} and {@code zone.go}, but without probing, and a changed node is announced
 * again.
 */
public final class Responder {
    private static final List<Duration> ANNOUNCEMENTS = List.of(Duration.ofSeconds(1), Duration.ofSeconds(3));
    private static final Duration SECOND_GOODBYE = Duration.ofMillis(25);
    private static final Duration MEMORY = Duration.ofSeconds(1);

    private final int port;
    private final Timers timers;
    private final PacketSender sender;
    private final Consumer<String> lapsed;
    private final Map<String, Map<String, NodeRecords>> services = new LinkedHashMap<>();
    private final Map<String, List<Timer>> planned = new LinkedHashMap<>();
    private final Map<String, Timer> withdrawn = new LinkedHashMap<>();
    private final DnsZone answers;

    /**
     * Makes a responder that publishes nothing yet.
     *
     * @param domain domain of all names
     * @param host   name of this host
     * @param port   of the group
     * @param timers of the thread
     * @param sender takes what is sent
     * @param lapsed told the DNS name of a node whose registration was not renewed, after its goodbye
     */
    Responder(String domain, Name host, int port, Timers timers, PacketSender sender, Consumer<String> lapsed) {
        answers = new DnsZone(domain, host, services);
        this.port = port;
        this.timers = timers;
        this.sender = sender;
        this.lapsed = lapsed;
    }

    /**
     * Publishes a node or renews it.
     *
     * @param next the node
     * @param ttl until it lapses, zero for never
     */
    void publish(NodeRecords next, Duration ttl) {
        String instance = DnsNames.text(next.instance());
        Map<String, NodeRecords> nodes = services.computeIfAbsent(next.service(), name -> new LinkedHashMap<>());
        boolean fresh = !next.equals(nodes.put(instance, next));
        forget(instance);
        Timer goodbye = withdrawn.remove(instance);
        if (goodbye != null) {
            goodbye.cancel();
        }
        announce(next);
        List<Timer> later = new ArrayList<>();
        if (fresh) {
            ANNOUNCEMENTS.forEach(delay -> later.add(timers.schedule(delay, () -> announce(next))));
        }
        if (!ttl.isZero()) {
            later.add(timers.schedule(ttl, () -> lapse(instance, next)));
        }
        planned.put(instance, later);
    }

    private void forget(String instance) {
        List<Timer> before = planned.remove(instance);
        if (before != null) {
            before.forEach(Timer::cancel);
        }
    }

    private void announce(NodeRecords node) {
        sender.announce(
                PacketWriter.announcement(node.records(node.ttl())),
                node.address().host());
    }

    private void sayGoodbye(NodeRecords node) {
        sender.announce(
                PacketWriter.announcement(node.records(0)), node.address().host());
    }

    private void lapse(String instance, NodeRecords publication) {
        withdraw(publication.service(), instance);
        lapsed.accept(instance);
    }

    /**
     * Says goodbye to a node.
     *
     * @param service its service
     * @param instance its DNS name
     * @return it, if it was published
     */
    Optional<NodeRecords> withdraw(String service, String instance) {
        Map<String, NodeRecords> nodes = services.getOrDefault(service, Map.of());
        NodeRecords gone = nodes.isEmpty() ? null : nodes.remove(instance);
        if (gone == null) {
            return Optional.empty();
        }
        if (nodes.isEmpty()) {
            services.remove(service);
        }
        forget(instance);
        sayGoodbye(gone);
        withdrawn.put(instance, timers.schedule(SECOND_GOODBYE, () -> {
            sayGoodbye(gone);
            withdrawn.put(instance, timers.schedule(MEMORY, () -> withdrawn.remove(instance)));
        }));
        return Optional.of(gone);
    }

    /**
     * Says goodbye to all nodes, twice.
     *
     * @param done told after the second goodbye, at once if there was no node
     */
    void close(Runnable done) {
        List<NodeRecords> goodbyes = published();
        List.copyOf(planned.keySet()).forEach(this::forget);
        services.clear();
        if (goodbyes.isEmpty() && withdrawn.isEmpty()) {
            done.run();
            return;
        }
        goodbyes.forEach(this::sayGoodbye);
        timers.schedule(SECOND_GOODBYE, () -> {
            goodbyes.forEach(this::sayGoodbye);
            done.run();
        });
    }

    /** Announces all nodes again, to interfaces that are new. */
    void announceAll() {
        published().forEach(this::announce);
    }

    /**
     * Tells whether an instance is of this process, or was a moment ago.
     *
     * @param instance DNS name
     * @return true if so
     */
    boolean owns(String instance) {
        return planned.containsKey(instance) || withdrawn.containsKey(instance);
    }

    private List<NodeRecords> published() {
        return services.values().stream()
                .flatMap(nodes -> nodes.values().stream())
                .toList();
    }

    /**
     * Answers a query, each node in a packet of its own. Who asks from another port than the group's is answered as a
     * resolver that knows no multicast (RFC 6762, 6.7): go-micro v2 and later drop answers that do not repeat the question.
     * The time to live is not cut to 10 s as for those, for who asks here listens to the group as well.
     *
     * @param query it
     * @param peer  who asks
     */
    void answer(Message query, InetSocketAddress peer) {
        boolean legacy = peer.getPort() != port;
        int id = query.getHeader().getID();
        for (DnsZone.Packet packet : answers.to(query, peer)) {
            sender.answer(
                    legacy
                            ? PacketWriter.answer(id, packet.question(), packet.records())
                            : PacketWriter.answer(packet.records()),
                    peer);
        }
    }
}
