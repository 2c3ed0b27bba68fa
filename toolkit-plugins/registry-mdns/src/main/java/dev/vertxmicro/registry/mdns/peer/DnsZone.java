package dev.vertxmicro.registry.mdns.peer;

import dev.vertxmicro.registry.mdns.wire.DnsNames;
import dev.vertxmicro.registry.mdns.wire.NodeAddress;
import dev.vertxmicro.registry.mdns.wire.NodeRecords;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Answers questions about what is published, as go-micro's {@code util/mdns/zone.go}. Confined to one thread.
 *
 * <p>Who asks by IPv6 hears of nodes with IPv6 addresses only.
 */
public final class DnsZone {
    /**
     * One packet.
     *
     * @param question what it answers
     * @param records  the answer
     */
    record Packet(Record question, List<Record> records) {}

    /** Most questions of one query that are answered. */
    static final int MAX_QUESTIONS = 16;

    private final String domain;
    private final Name host;
    private final Map<String, Map<String, NodeRecords>> services;

    /**
     * Answers for these services.
     *
     * @param domain   domain of all names
     * @param host     name of this host
     * @param services by name, and their nodes by DNS name; changes are seen
     */
    DnsZone(String domain, Name host, Map<String, Map<String, NodeRecords>> services) {
        this.domain = domain;
        this.host = host;
        this.services = services;
    }

    /**
     * Answers a query, each question once.
     *
     * @param query it
     * @param peer  who asks
     * @return the packets to send, one node a packet
     */
    List<Packet> to(Message query, InetSocketAddress peer) {
        Predicate<NodeRecords> reachable = reachable(peer.getAddress());
        List<Packet> packets = new ArrayList<>();
        Set<String> done = new LinkedHashSet<>();
        for (Record question : query.getSection(Section.QUESTION)) {
            if (done.size() == MAX_QUESTIONS) {
                return packets;
            }
            String name = DnsNames.text(question.getName());
            boolean internet = (question.getDClass() & 0x7FFF) == DClass.IN || question.getDClass() == DClass.ANY;
            if (internet && done.add(question.getType() + " " + name)) {
                answers(name, question.getType(), reachable)
                        .forEach(records -> packets.add(new Packet(question, records)));
            }
        }
        return packets;
    }

    private static Predicate<NodeRecords> reachable(InetAddress peer) {
        if (peer instanceof Inet6Address six) {
            return node -> node.address().host() instanceof Inet6Address address
                    && NodeAddress.isOnLink(address, six.getScopeId());
        }
        return node -> !(node.address().host() instanceof Inet6Address address && address.isLinkLocalAddress());
    }

    private Collection<List<Record>> answers(String name, int type, Predicate<NodeRecords> reachable) {
        boolean pointer = type == Type.PTR || type == Type.ANY;
        String suffix = "." + domain;
        if (pointer && name.equals("_services._dns-sd._udp" + suffix)) {
            return names(reachable).stream().map(this::enumerated).toList();
        }
        if (pointer && name.equals(NodeRecords.LISTING + suffix)) {
            return names(reachable).stream()
                    .map(service -> NodeRecords.listing(service, domain, host).all())
                    .toList();
        }
        if (name.equals(DnsNames.text(host))) {
            return services.values().stream()
                    .flatMap(nodes -> nodes.values().stream())
                    .filter(reachable)
                    .map(node -> node.hostAddress(node.ttl()))
                    .filter(record -> record.getType() == type || type == Type.ANY)
                    .distinct()
                    .map(List::of)
                    .toList();
        }
        if (!name.endsWith(suffix)) {
            return List.of();
        }
        List<List<Record>> nodes =
                services.getOrDefault(name.substring(0, name.length() - suffix.length()), Map.of()).values().stream()
                        .filter(reachable)
                        .map(NodeRecords::all)
                        .toList();
        if (pointer && !nodes.isEmpty()) {
            return nodes;
        }
        return instance(name)
                .filter(reachable)
                .map(node -> records(node, type))
                .filter(list -> !list.isEmpty())
                .stream()
                .toList();
    }

    private List<String> names(Predicate<NodeRecords> reachable) {
        return services.entrySet().stream()
                .filter(service -> service.getValue().values().stream().anyMatch(reachable))
                .map(Map.Entry::getKey)
                .toList();
    }

    private List<Record> enumerated(String service) {
        Name target = DnsNames.name("service name", service + "." + domain);
        Name owner = DnsNames.name("domain", "_services._dns-sd._udp." + domain);
        return List.of(new PTRRecord(owner, DClass.IN, NodeRecords.GO_TTL, target));
    }

    private Optional<NodeRecords> instance(String name) {
        for (Map<String, NodeRecords> nodes : services.values()) {
            NodeRecords node = nodes.get(name);
            if (node != null) {
                return Optional.of(node);
            }
        }
        return Optional.empty();
    }

    private static List<Record> records(NodeRecords node, int type) {
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
