package dev.vertxmicro.health;

import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.server.HandlerOptions;
import dev.vertxmicro.server.Server;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.shareddata.Shareable;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which nodes the clients of this process leave out, told to whoever asks one of its servers at {@link #ENDPOINT}. May be used from any
 * thread.
 */
public final class EjectedNodes implements Shareable {
    /**
     * Beside go-micro's {@code Debug.Health} and {@code Debug.Stats}, and like these in no registry: {@code {"service": "greeter"}}, empty
     * or left out for all, is answered by <code>{"nodes": [{"service": "greeter", "id": "greeter-1", "address": "10.1.2.3:34567"}]}</code>.
     */
    public static final Endpoint<JsonObject, JsonObject> ENDPOINT =
            Endpoint.unary("Debug.Ejected", JsonObject.class, JsonObject.class);

    private static final String NAME = "dev.vertxmicro.ejected";
    private static final int MOST = 10_000;

    private final Set<Selector> selectors = ConcurrentHashMap.newKeySet();

    private EjectedNodes() {}

    /**
     * Finds those of a Vert.x.
     *
     * @param vertx whose clients are meant
     * @return the same for all of them
     */
    public static EjectedNodes of(Vertx vertx) {
        return vertx.sharedData()
                .<String, EjectedNodes>getLocalMap(NAME)
                .computeIfAbsent(NAME, key -> new EjectedNodes());
    }

    /**
     * Adds a client.
     *
     * @param selector chooses its nodes
     */
    public void add(Selector selector) {
        selectors.add(selector);
    }

    /**
     * Forgets a client.
     *
     * @param selector that was added, or not
     */
    public void remove(Selector selector) {
        selectors.remove(selector);
    }

    /**
     * Has a server answer.
     *
     * @param server not started yet
     */
    public void serve(Server server) {
        server.handle(ENDPOINT, this::answer, HandlerOptions.DEFAULTS.withInternal(true));
    }

    private Future<JsonObject> answer(JsonObject request, CallContext context) {
        Object asked = request.getValue("service", "");
        Set<LeftOut> nodes = new LinkedHashSet<>();
        selectors.forEach(selector -> selector.ejected().forEach((service, out) -> {
            if ("".equals(asked) || service.equals(asked)) {
                for (Node node : out) {
                    if (nodes.size() < MOST) {
                        nodes.add(new LeftOut(service, node.id(), node.address()));
                    }
                }
            }
        }));
        JsonArray told = new JsonArray();
        nodes.forEach(node -> told.add(node.toJson()));
        return Future.succeededFuture(new JsonObject().put("nodes", told));
    }

    /** A node, which several clients may leave out. */
    private record LeftOut(String service, String id, String address) {
        JsonObject toJson() {
            return new JsonObject().put("service", service).put("id", id).put("address", address);
        }
    }
}
