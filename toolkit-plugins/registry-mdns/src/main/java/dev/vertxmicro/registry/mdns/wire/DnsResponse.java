package dev.vertxmicro.registry.mdns.wire;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;

/**
 * What a response tells: nodes, and names of services that are listed. The order of the records, and the section they stand
 * in, do not matter.
 *
 * @param nodes    the nodes with a location and a text, and those that say goodbye
 * @param services the services listed
 */
public record DnsResponse(List<Instance> nodes, Set<String> services) {

    /**
     * One node.
     *
     * @param name    its DNS name
     * @param ttl     seconds, zero for a goodbye
     * @param address where it is called; meaningless in a goodbye
     * @param txt     strings of its TXT record, joined; meaningless in a goodbye
     */
    public record Instance(String name, long ttl, String address, String txt) {}

    /**
     * Reads a response.
     *
     * @param response it
     * @param domain   of the names
     * @param source   who sent it, with the zone if it is link-local
     * @return what it tells
     */
    public static DnsResponse read(Message response, String domain, InetAddress source) {
        List<Record> records = new ArrayList<>(response.getSection(Section.ANSWER));
        records.addAll(response.getSection(Section.AUTHORITY));
        records.addAll(response.getSection(Section.ADDITIONAL));
        Map<String, String> addresses = new HashMap<>();
        Map<String, TXTRecord> texts = new HashMap<>();
        Set<String> services = new LinkedHashSet<>();
        String listing = "." + NodeRecords.LISTING + "." + domain;
        for (Record record : records) {
            if (record instanceof ARecord address) {
                addresses.put(
                        DnsNames.text(record.getName()), address.getAddress().getHostAddress());
            } else if (record instanceof AAAARecord address) {
                NodeAddress.heard(address.getAddress(), source)
                        .ifPresent(host -> addresses.putIfAbsent(DnsNames.text(record.getName()), host));
            } else if (record instanceof TXTRecord text) {
                texts.put(DnsNames.text(record.getName()), text);
            } else if (record instanceof PTRRecord pointer && record.getTTL() > 0) {
                String target = DnsNames.text(pointer.getTarget());
                if (target.endsWith(listing) && listing.endsWith(DnsNames.text(record.getName()))) {
                    services.add(target.substring(0, target.length() - listing.length()));
                }
            }
        }
        List<Instance> nodes = new ArrayList<>();
        for (Record record : records) {
            if (record instanceof SRVRecord server) {
                String name = DnsNames.text(record.getName());
                String host =
                        addresses.getOrDefault(DnsNames.text(server.getTarget()), addresses.getOrDefault(name, ""));
                Instance node = instance(name, server, host, texts.get(name));
                if (node != null && !name.endsWith(listing)) {
                    nodes.add(node);
                }
            }
        }
        return new DnsResponse(nodes, services);
    }

    private static @Nullable Instance instance(String name, SRVRecord server, String host, @Nullable TXTRecord text) {
        if (server.getTTL() == 0 || (text != null && text.getTTL() == 0)) {
            return new Instance(name, 0, "", "");
        }
        if (host.isEmpty() || text == null) {
            return null;
        }
        long ttl = Math.min(server.getTTL(), text.getTTL());
        return new Instance(name, ttl, host + ":" + server.getPort(), joined(text));
    }

    private static String joined(TXTRecord text) {
        StringBuilder joined = new StringBuilder();
        for (Object string : text.getStringsAsByteArrays()) {
            joined.append(new String((byte[]) string, StandardCharsets.ISO_8859_1));
        }
        return joined.toString();
    }
}
