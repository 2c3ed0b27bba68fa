package dev.vertxmicro.registry.mdns.wire;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.PackedJson;
import dev.vertxmicro.registry.ServiceInfo;
import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TXTRecord;

/**
 * One node as records: what go-micro's {@code mdns.MDNSService} holds.
 *
 * @param service  name of the service, or {@code _services} for the entry that lists it
 * @param owner    DNS name of the service
 * @param instance DNS name of the node
 * @param host     DNS name of this host
 * @param address  where the node is called
 * @param txt      strings of the TXT record
 * @param ttl      time to live of the records in seconds
 * @param seen     the service with this node as peers see it
 */
public record NodeRecords(
        String service,
        Name owner,
        Name instance,
        Name host,
        NodeAddress address,
        List<String> txt,
        long ttl,
        ServiceInfo seen) {
    /** Pseudo service that lists the services. */
    public static final String LISTING = "_services";

    /** Time to live of go-micro's records in seconds; for registrations without one. */
    public static final long GO_TTL = 120;

    private static final int LISTING_PORT = 9999;
    private static final int PRIORITY = 10;
    private static final int WEIGHT = 1;
    private static final int MAX_DATAGRAM = 65_507;

    /**
     * Makes the records of a node.
     *
     * @param single service with one node
     * @param domain domain of all names
     * @param host   name of this host
     * @param ttl    seconds
     * @return the records
     * @throws MicroException 400 if DNS cannot carry the node
     */
    public static NodeRecords of(ServiceInfo single, String domain, Name host, long ttl) {
        Node node = single.nodes().get(0);
        String service = single.name();
        Name owner = DnsNames.name("service name", service + "." + domain);
        DnsNames.name("service name", service + "." + LISTING + "." + domain);
        Name instance = DnsNames.name("node id", node.id() + "." + service + "." + domain);
        NodeAddress address = NodeAddress.of(node);
        TxtEncoding txt = TxtEncoding.of(single);
        int json = PackedJson.text(txt.json()).getBytes(StandardCharsets.UTF_8).length;
        if (json > PackedJson.MAX_JSON_BYTES) {
            throw tooLarge(node, json + " bytes of JSON (expected: <= " + PackedJson.MAX_JSON_BYTES);
        }
        ServiceInfo seen = new ServiceInfo(
                service,
                single.version(),
                Map.of(),
                single.endpoints(),
                List.of(new Node(node.id(), address.text(), node.metadata())));
        NodeRecords publication = new NodeRecords(service, owner, instance, host, address, txt.encode(), ttl, seen);
        int size = publication.size();
        if (size > MAX_DATAGRAM) {
            throw tooLarge(node, size + " bytes of endpoints and metadata (expected: <= " + MAX_DATAGRAM);
        }
        return publication;
    }

    /**
     * Makes the entry that lists a service.
     *
     * @param name of it
     * @param domain of all
     * @param host this
     * @return the entry
     */
    public static NodeRecords listing(String name, String domain, Name host) {
        Name owner = DnsNames.name("domain", LISTING + "." + domain);
        Name instance = DnsNames.name("service name", name + "." + LISTING + "." + domain);
        NodeAddress nowhere = NodeAddress.of(new Node(name, "0.0.0.0:" + LISTING_PORT, Map.of()));
        return new NodeRecords(LISTING, owner, instance, host, nowhere, List.of(), GO_TTL, noService());
    }

    private static ServiceInfo noService() {
        return new ServiceInfo(LISTING, "", Map.of(), List.of(), List.of());
    }

    private static MicroException tooLarge(Node node, String what) {
        return MdnsErrors.refused("node \"" + node.id() + "\": " + what + ", the limit of a UDP datagram)");
    }

    private int size() {
        int strings = txt.stream().mapToInt(string -> string.length() + 1).sum();
        // Before the packet is written: a length of 16 bits would wrap around.
        return strings > MAX_DATAGRAM ? strings : PacketWriter.announcement(records(ttl)).length + owner.length() + 20;
    }

    /**
     * Gives the pointer from the service.
     *
     * @return PTR
     */
    Record pointer() {
        return new PTRRecord(owner, DClass.IN, ttl, instance);
    }

    /**
     * Gives the location.
     *
     * @param seconds time to live
     * @return SRV and A, or AAAA
     */
    public List<Record> location(long seconds) {
        return List.of(
                new SRVRecord(instance, DClass.IN, seconds, PRIORITY, WEIGHT, address.port(), host),
                hostAddress(seconds));
    }

    /**
     * Gives the address of the host.
     *
     * @param seconds time to live
     * @return A or AAAA
     */
    public Record hostAddress(long seconds) {
        return address.host() instanceof Inet4Address
                ? new ARecord(host, DClass.IN, seconds, address.host())
                : new AAAARecord(host, DClass.IN, seconds, address.host());
    }

    /**
     * Gives what the node says of itself.
     *
     * @param seconds time to live
     * @return TXT
     */
    public Record text(long seconds) {
        return new TXTRecord(instance, DClass.IN, seconds, txt);
    }

    /**
     * Gives all but the pointer, in the order that go-micro needs.
     *
     * @param seconds time to live
     * @return SRV, A, TXT
     */
    public List<Record> records(long seconds) {
        List<Record> location = location(seconds);
        return List.of(location.get(0), location.get(1), text(seconds));
    }

    /**
     * Gives the answer to who looks for the service.
     *
     * @return PTR, SRV, A, TXT
     */
    public List<Record> all() {
        List<Record> records = records(ttl);
        return List.of(pointer(), records.get(0), records.get(1), records.get(2));
    }
}
