package dev.vertxmicro.registry.dns;

import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.registry.Node;
import io.netty.handler.codec.dns.DnsRecordType;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Asks one server for the nodes of a service: SRV records and the addresses of their hosts, or addresses only. */
final class NodeLookup implements ServiceSource {
    private static final Map<String, String> METADATA = Map.of("protocol", "mucp");
    /** Hosts that are asked for at a time; a burst of packets would be lost. */
    private static final int AT_ONCE = 32;

    private final DnsServer server;

    NodeLookup(DnsServer server) {
        this.server = server;
    }

    private record Hosts(Map<String, List<String>> addresses, long ttl) {}

    @Override
    public Future<Found> ask(Question question, Found before) {
        if (question.port() > 0) {
            return addresses(question.name()).map(answer -> addressed(question, answer));
        }
        return server.ask(question.name(), DnsRecordType.SRV).compose(answer -> {
            Map<String, List<String>> known = new LinkedHashMap<>(answer.more());
            Collection<String> missing = answer.services().stream()
                    .map(DnsAnswer.Target::host)
                    .filter(host -> !known.containsKey(host) && !host.isEmpty())
                    .collect(Collectors.toCollection(TreeSet::new));
            return resolve(new ArrayList<>(missing), new Hosts(known, answer.ttl()), before)
                    .map(hosts -> pointed(answer, hosts));
        });
    }

    /** A records, or where there are none, AAAA records: a host with both is one node. */
    private Future<DnsAnswer> addresses(String host) {
        return server.ask(host, DnsRecordType.A)
                .compose(answer ->
                        answer.isEmpty() ? server.ask(host, DnsRecordType.AAAA) : Future.succeededFuture(answer));
    }

    private static Found addressed(Question question, DnsAnswer answer) {
        Map<String, Node> nodes = new TreeMap<>();
        for (String address : answer.asked()) {
            String at = new HostPort(address, question.port()).text();
            nodes.put(at, new Node(at, at, METADATA));
        }
        return new Found(nodes, Map.of(), answer.ttl());
    }

    private Future<Hosts> resolve(List<String> missing, Hosts known, Found before) {
        if (missing.isEmpty()) {
            return Future.succeededFuture(known);
        }
        List<String> now = missing.subList(0, Math.min(AT_ONCE, missing.size()));
        List<Future<DnsAnswer>> asked = now.stream().map(this::addresses).toList();
        return Future.join(asked).transform(done -> {
            long ttl = known.ttl();
            for (int i = 0; i < now.size(); i++) {
                String host = now.get(i);
                if (asked.get(i).succeeded() && !asked.get(i).result().isEmpty()) {
                    ttl = Math.min(ttl, asked.get(i).result().ttl());
                    known.addresses().put(host, asked.get(i).result().asked());
                } else if (asked.get(i).failed() && before.hosts().containsKey(host)) {
                    known.addresses().put(host, before.hosts().get(host));
                }
            }
            return resolve(missing.subList(now.size(), missing.size()), new Hosts(known.addresses(), ttl), before);
        });
    }

    /** A host that the server does not know may be known to whoever connects to it. */
    private static Found pointed(DnsAnswer answer, Hosts hosts) {
        Map<String, Node> nodes = new TreeMap<>();
        for (DnsAnswer.Target target : answer.services()) {
            if (target.host().isEmpty() || target.port() == 0) {
                continue; // "." says that the service is decidedly not there
            }
            String id = target.host() + ":" + target.port();
            List<String> addresses = hosts.addresses().getOrDefault(target.host(), List.of(target.host()));
            for (String address : addresses) {
                String at = new HostPort(address, target.port()).text();
                String own = addresses.size() == 1 ? id : id + "/" + address;
                nodes.put(own, new Node(own, at, metadata(target)));
            }
        }
        return nodes.isEmpty() ? Found.NOTHING : new Found(nodes, hosts.addresses(), hosts.ttl());
    }

    private static Map<String, String> metadata(DnsAnswer.Target target) {
        return Map.of(
                "protocol",
                METADATA.get("protocol"),
                "priority",
                Integer.toString(target.priority()),
                "weight",
                Integer.toString(target.weight()));
    }
}
