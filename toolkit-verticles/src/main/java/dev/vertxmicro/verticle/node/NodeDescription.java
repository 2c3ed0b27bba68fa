package dev.vertxmicro.verticle.node;

import dev.vertxmicro.engine.ProcessNotes;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.deployment.DeploymentContext;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Says of a process what people want to know who look after it. */
final class NodeDescription {
    private final VertxInternal vertx;
    private final String id;
    private final Set<String> handlers = ConcurrentHashMap.newKeySet();
    private final String process = host() + "/" + ProcessHandle.current().pid();

    NodeDescription(VertxInternal vertx, String id) {
        this.vertx = vertx;
        this.id = id;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }

    /** Names host and process. */
    String process() {
        return process;
    }

    /** Hears of a sign of a handler. */
    void seen(String handler, LocalHandlers.Sign sign) {
        if (sign == LocalHandlers.Sign.ABSENT) {
            handlers.remove(handler);
        } else {
            handlers.add(handler);
        }
    }

    private JsonArray said(ProcessNotes.Subject subject) {
        return new JsonArray(ProcessNotes.of(vertx).all(subject));
    }

    JsonObject json() {
        JsonArray verticles = new JsonArray();
        vertx.deploymentManager().deployments().stream()
                .map(DeploymentContext::deployment)
                .map(deployment -> new JsonObject()
                        .put("main", deployment.identifier())
                        .put("instances", deployment.options().getInstances()))
                .sorted(Comparator.comparing(verticle -> verticle.getString("main")))
                .forEach(verticles::add);
        return new JsonObject()
                .put("node", id)
                .put("process", process)
                .put("verticles", verticles)
                .put("addresses", said(ProcessNotes.Subject.ADDRESSES))
                .put("duties", said(ProcessNotes.Subject.DUTIES))
                .put("handlers", new JsonArray(handlers.stream().sorted().toList()));
    }
}
