package dev.vertxmicro.discovery;

import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.registry.EndpointInfo;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.servicediscovery.Record;
import io.vertx.servicediscovery.types.HttpEndpoint;
import io.vertx.servicediscovery.types.HttpLocation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Nodes as records of vertx-service-discovery, and records as nodes. */
final class Records {
    /** In a record's metadata: the type of the registry that it was mirrored from. */
    static final String ORIGIN = "micro-origin";
    /** In a node's metadata: the registration of the record that it was made of. */
    static final String RECORD = "micro-record";

    private static final String VERSION = "version";
    private static final String NODE = "node";
    private static final String ENDPOINTS = "endpoints";
    private static final String PROTOCOL = "protocol";
    private static final String ROOT = "root";
    private static final String SSL = "ssl";

    private Records() {}

    /** Makes the record of a node; empty if its address is none of a host and a port. */
    static Optional<Record> of(ServiceInfo single, String origin) {
        Node node = single.nodes().get(0);
        return HostPort.parse(node.address()).map(at -> {
            JsonObject metadata = new JsonObject();
            single.metadata().forEach(metadata::put);
            node.metadata().forEach(metadata::put);
            JsonArray endpoints = new JsonArray();
            single.endpoints().stream().map(EndpointInfo::name).forEach(endpoints::add);
            metadata.put(VERSION, single.version())
                    .put(NODE, node.id())
                    .put(ENDPOINTS, endpoints)
                    .put(ORIGIN, origin);
            return HttpEndpoint.createRecord(single.name(), at.host(), at.port(), "/", metadata);
        });
    }

    /** Tells whether a record was mirrored from a registry of this type. */
    static boolean mirrored(Record record, String origin) {
        return origin.equals(record.getMetadata().getValue(ORIGIN));
    }

    /** Tells whether a record was published by somebody else, as one whom HTTP reaches. */
    static boolean foreign(Record record) {
        return HttpEndpoint.TYPE.equals(record.getType())
                && !record.getMetadata().containsKey(ORIGIN)
                && record.getName() != null
                && record.getRegistration() != null
                && record.getLocation().getValue("host") instanceof String
                && record.getLocation().getValue("port") instanceof Integer;
    }

    /** Gives the node that a mirrored record is about. */
    static NodeKey key(Record record) {
        JsonObject metadata = record.getMetadata();
        return new NodeKey(record.getName(), metadata.getString(VERSION, ""), metadata.getString(NODE, ""));
    }

    /**
     * Makes a service with one node of a foreign record. Its node answers bare JSON, which {@code protocol} says, unless the
     * record says otherwise.
     */
    static ServiceInfo service(Record record) {
        HttpLocation location = new HttpLocation(record.getLocation());
        Map<String, String> metadata = new TreeMap<>();
        record.getMetadata().forEach(entry -> {
            Object value = entry.getValue();
            if (value instanceof String || value instanceof Number || value instanceof Boolean) {
                metadata.put(entry.getKey(), String.valueOf(value));
            }
        });
        String version = metadata.getOrDefault(VERSION, "latest");
        metadata.remove(VERSION);
        metadata.putIfAbsent(PROTOCOL, "mucp");
        if (location.getRoot().length() > 1) {
            metadata.put(ROOT, location.getRoot());
        }
        if (location.isSsl()) {
            metadata.put(SSL, "true");
        }
        metadata.put(RECORD, record.getRegistration());
        Node node = new Node(
                record.getName() + "-" + record.getRegistration(),
                new HostPort(location.getHost(), location.getPort()).text(),
                metadata);
        return new ServiceInfo(record.getName(), version, Map.of(), List.of(), List.of(node));
    }

    /** Gives the registration of the record that a node was made of; empty if it was registered by its service. */
    static String registration(ServiceInfo single) {
        return single.nodes().get(0).metadata().getOrDefault(RECORD, "");
    }
}
