package dev.vertxmicro.verticle;

import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.verticle.node.NodeAgent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

/**
 * Makes a Vert.x known to the others of its cluster, so that handlers among its consumers are called as nodes of a service are: chosen,
 * left out when they hang, and served out when they go. {@code bin/vertx} does it in each process that it starts with {@code -cluster},
 * and a ServerVerticle in its own; whoever makes a clustered Vert.x himself says {@code ClusterMember.join(vertx)} once.
 */
public final class ClusterMember {
    private static final String MEMBER = "dev.vertxmicro.member";
    private static final String HOST = "host";
    private static final String SERVER = "server";
    private static final String ADDRESS = "address";

    private ClusterMember() {}

    /**
     * Joins, unless that was done. It leaves when the Vert.x is closed, before its verticles are undeployed.
     *
     * @param vertx the Vert.x; one that is not clustered stays as it is
     * @return completes when others can reach it; may be called from any thread
     */
    public static Future<Void> join(Vertx vertx) {
        return vertx.isClustered() ? NodeAgent.of(vertx).ready() : Future.succeededFuture();
    }

    /**
     * Has the services of a Vert.x listen on this host, at any free port, where their descriptors have no {@code server.address}.
     * {@code bin/vertx} says so of {@code -cluster-host}: a host that is good for the event bus is good for the services beside it.
     *
     * @param vertx whose verticles are meant, those that are deployed from now on
     * @param host  a name or an address of this machine, an IPv6 address without brackets
     * @throws IllegalArgumentException if it is no host
     */
    public static void listenOn(Vertx vertx, String host) {
        HostPort.listening(new HostPort(host, 0).text());
        vertx.sharedData().<String, String>getLocalMap(MEMBER).put(HOST, host);
    }

    /** Gives a descriptor the address that {@link #listenOn} asks for; one that names its own stays as it is. */
    static JsonObject placed(Vertx vertx, JsonObject descriptor) {
        String host = vertx.sharedData().<String, String>getLocalMap(MEMBER).get(HOST);
        return host == null ? descriptor : placed(host, descriptor);
    }

    /**
     * Gives a descriptor the address that {@link #listenOn} asks for, which it has when its verticle starts.
     *
     * @param host       the host
     * @param descriptor the descriptor; not changed
     * @return a copy with {@code server.address}, or the descriptor where it has its own
     */
    public static JsonObject placed(String host, JsonObject descriptor) {
        Object server = descriptor.getValue(SERVER, new JsonObject());
        if (!(server instanceof JsonObject section) || section.containsKey(ADDRESS)) {
            return descriptor;
        }
        String address = new HostPort(host, 0).text();
        return descriptor.copy().put(SERVER, section.copy().put(ADDRESS, address));
    }
}
