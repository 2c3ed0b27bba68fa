package dev.vertxmicro.verticle;

import dev.vertxmicro.verticle.node.NodeAgent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * Makes a Vert.x known to the others of its cluster, so that handlers among its consumers are called as nodes of a service are: chosen,
 * left out when they hang, and served out when they go. {@code bin/vertx} does it in each process that it starts with {@code -cluster},
 * and a ServerVerticle in its own; whoever makes a clustered Vert.x himself says {@code ClusterMember.join(vertx)} once.
 */
public final class ClusterMember {
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
}
