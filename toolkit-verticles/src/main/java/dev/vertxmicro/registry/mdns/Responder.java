package dev.vertxmicro.registry.mdns;

import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Publishes the nodes of this process: announces, answers, says goodbye. Confined to the thread of its timers.
 *
 * <p>As go-micro's {@code util/mdns/server.go} and {@code zone.go}, but without probing, and a changed node is announced
 * again.
 */
final class Responder {
    /** Time to live of go-micro's records in seconds; for registrations without one. */
    static final long GO_TTL = 120;

    /** Most questions of one query that are answered. */
    static final int MAX_QUESTIONS = 16;

    private static final List<Duration> ANNOUNCEMENTS = List.of(Duration.ofSeconds(1), Duration.ofSeconds(3));
    private static final Duration SECOND_GOODBYE = Duration.ofMillis(25);
    private static final Duration MEMORY = Duration.ofSeconds(1);

    private static final class Published {
        private final Publication publication;
        private final List<Timer> timers = new ArrayList<>();

        Published(Publication publication) {
            this.publication = publication;
        }

        void forget() {
            timers.forEach(Timer::cancel);
            timers.clear();
        }
    }

    private final String domain;
    private final Name host;
    private final Timers timers;
    private final Wire wire;
    private final Consumer<String> lapsed;
    private final Map<String, Map<String, Published>> services = new LinkedHashMap<>();
    private final Map<String, Timer> withdrawn = new LinkedHashMap<>();

    /**
     * Makes a responder that publishes nothing yet.
     *
     * @param domain domain of all names
     * @param host   name of this host
     * @param timers of the thread
     * @param wire   takes what is sent
     * @param lapsed told the DNS name of a node whose registration was not renewed, after its goodbye
     */
    Responder(String domain, Name host, Timers timers, Wire wire, Consumer<String> lapsed) {
        this.domain = domain;
        this.host = host;
        this.timers = timers;
        this.wire = wire;
        this.lapsed = lapsed;
    }

    /**
     * Publishes a node or renews it.
     *
     * @param next the node
     * @param ttl until it lapses, zero for never
     */
    void publish(Publication next, Duration ttl) {
        String instance = DnsNames.text(next.instance());
        Map<String, Published> nodes = services.computeIfAbsent(next.service(), name -> new LinkedHashMap<>());
        Published before = nodes.get(instance);
        boolean fresh = before == null || !before.publication.equals(next);
        Published now = new Published(next);
        if (before != null) {
            before.forget();
        }
        nodes.put(instance, now);
        Timer goodbye = withdrawn.remove(instance);
        if (goodbye != null) {
            goodbye.cancel();
        }
        wire.announce(PacketWriter.announcement(next.records(next.ttl())));
        if (fresh) {
            ANNOUNCEMENTS.forEach(delay -> now.timers.add(
                    timers.schedule(delay, () -> wire.announce(PacketWriter.announcement(next.records(next.ttl()))))));
        }
        if (!ttl.isZero()) {
            now.timers.add(timers.schedule(ttl, () -> lapse(instance, next)));
        }
    }

    private void lapse(String instance, Publication publication) {
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
    Optional<Publication> withdraw(String service, String instance) {
        Map<String, Published> nodes = services.getOrDefault(service, Map.of());
        Published gone = nodes.isEmpty() ? null : nodes.remove(instance);
        if (gone == null) {
            return Optional.empty();
        }
        if (nodes.isEmpty()) {
            services.remove(service);
        }
        gone.forget();
        byte[] goodbye = PacketWriter.announcement(gone.publication.records(0));
        wire.announce(goodbye);
        withdrawn.put(instance, timers.schedule(SECOND_GOODBYE, () -> {
            wire.announce(goodbye);
            withdrawn.put(instance, timers.schedule(MEMORY, () -> withdrawn.remove(instance)));
        }));
        return Optional.of(gone.publication);
    }

    /**
     * Says goodbye to all nodes, twice.
     *
     * @param done told after the second goodbye, at once if there was no node
     */
    void close(Runnable done) {
        List<byte[]> goodbyes = published().stream()
                .map(node -> PacketWriter.announcement(node.records(0)))
                .toList();
        services.values().stream().flatMap(nodes -> nodes.values().stream()).forEach(Published::forget);
        services.clear();
        if (goodbyes.isEmpty() && withdrawn.isEmpty()) {
            done.run();
            return;
        }
        goodbyes.forEach(wire::announce);
        timers.schedule(SECOND_GOODBYE, () -> {
            goodbyes.forEach(wire::announce);
            done.run();
        });
    }

    /** Announces all nodes again, to interfaces that are new. */
    void announceAll() {
        published().forEach(next -> wire.announce(PacketWriter.announcement(next.records(next.ttl()))));
    }

    /**
     * Tells whether an instance is of this process, or was a moment ago.
     *
     * @param instance DNS name
     * @return true if so
     */
    boolean owns(String instance) {
        return instance(instance).isPresent() || withdrawn.containsKey(instance);
    }

    private List<Publication> published() {
        return services.values().stream()
                .flatMap(nodes -> nodes.values().stream())
                .map(published -> published.publication)
                .toList();
    }

    /**
     * Answers a query, each question once, each node in a packet of its own.
     *
     * @param query it
     * @param peer who asks
     */
    void answer(Message query, InetSocketAddress peer) {
        Set<String> done = new LinkedHashSet<>();
        for (Record question : query.getSection(Section.QUESTION)) {
            if (done.size() == MAX_QUESTIONS) {
                return;
            }
            String name = DnsNames.text(question.getName());
            boolean internet = (question.getDClass() & 0x7FFF) == DClass.IN || question.getDClass() == DClass.ANY;
            if (internet && done.add(question.getType() + " " + name)) {
                answers(name, question.getType()).forEach(records -> wire.answer(PacketWriter.answer(records), peer));
            }
        }
    }

    private Collection<List<Record>> answers(String name, int type) {
        boolean pointer = type == Type.PTR || type == Type.ANY;
        String suffix = "." + domain;
        if (pointer && name.equals("_services._dns-sd._udp" + suffix)) {
            return services.keySet().stream().map(this::enumerated).toList();
        }
        if (pointer && name.equals(Publication.LISTING + suffix)) {
            return services.keySet().stream()
                    .map(service -> Publication.listing(service, domain, host).all())
                    .toList();
        }
        if (name.equals(DnsNames.text(host))) {
            return published().stream()
                    .map(node -> node.hostAddress(node.ttl()))
                    .filter(record -> record.getType() == type || type == Type.ANY)
                    .distinct()
                    .map(List::of)
                    .toList();
        }
        if (!name.endsWith(suffix)) {
            return List.of();
        }
        Map<String, Published> nodes =
                services.getOrDefault(name.substring(0, name.length() - suffix.length()), Map.of());
        if (pointer && !nodes.isEmpty()) {
            return nodes.values().stream().map(node -> node.publication.all()).toList();
        }
        return instance(name).map(node -> records(node, type)).filter(list -> !list.isEmpty()).stream()
                .toList();
    }

    private List<Record> enumerated(String service) {
        Name target = DnsNames.name("service name", service + "." + domain);
        Name owner = DnsNames.name("domain", "_services._dns-sd._udp." + domain);
        return List.of(new PTRRecord(owner, DClass.IN, GO_TTL, target));
    }

    private Optional<Publication> instance(String name) {
        for (Map<String, Published> nodes : services.values()) {
            Published node = nodes.get(name);
            if (node != null) {
                return Optional.of(node.publication);
            }
        }
        return Optional.empty();
    }

    private static List<Record> records(Publication node, int type) {
        return switch (type) {
            case Type.ANY -> node.records(node.ttl());
            case Type.SRV -> node.location(node.ttl());
            case Type.TXT -> List.of(node.text(node.ttl()));
            case Type.A, Type.AAAA -> {
                Record address = node.hostAddress(node.ttl());
                yield address.getType() == type ? List.of(address) : List.of();
            }
            default -> List.of();
        };
    }
}
