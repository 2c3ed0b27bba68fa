package dev.vertxmicro.cli.registry;

import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.health.EjectedNodes;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.ServiceJson;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Which nodes of a service are left out, and by whom: each node of each service is asked what its process leaves out. */
final class EjectionSurvey {
    private static final int AT_ONCE = 32;
    private static final int BAD_REQUEST = 400;

    private final Client client;
    private final String service;
    private final CallOptions options;
    /** What is left out, by its id. */
    private final Map<String, LeftOut> leftOut = new TreeMap<>();

    private int told;
    private int silent;

    private EjectionSurvey(Client client, String service, Duration timeout) {
        this.client = client;
        this.service = service;
        this.options = CallOptions.DEFAULTS
                .withContentType("application/json")
                .withRequestTimeout(timeout)
                .withRetries(0);
    }

    /** Asks all; completes with the answers there are. */
    static Future<EjectionSurvey> of(Registry registry, Client client, String service, Duration timeout) {
        EjectionSurvey survey = new EjectionSurvey(client, service, timeout);
        return registry.list()
                .recover(failure -> Future.failedFuture(
                        refused(failure)
                                ? MicroException.badRequest(
                                        "describe",
                                        "services cannot be listed, so nobody can be asked (expected: for --ejected"
                                                + " a registry that lists services)")
                                : failure))
                .compose(names -> Future.join(names.stream()
                        .map(name -> registry.get(name).otherwise(List.of()))
                        .toList()))
                .compose(found -> survey.ask(found.<List<ServiceInfo>>list()))
                .map(survey);
    }

    /** Whether a registry says that it cannot do this, rather than that it could not now. */
    static boolean refused(Throwable failure) {
        return failure instanceof MicroException error && error.code() == BAD_REQUEST && !error.remote();
    }

    private record Asked(String service, Node node) {}

    /**
     * A node that somebody leaves out.
     *
     * @param address where those who do call it
     * @param by      who does
     */
    private record LeftOut(String address, List<String> by) {}

    private Future<?> ask(List<List<ServiceInfo>> services) {
        Queue<Asked> queue = new ArrayDeque<>();
        services.forEach(versions -> versions.forEach(version -> version.nodes().stream()
                .filter(node -> "mucp".equals(node.metadata().get("protocol")))
                .forEach(node -> queue.add(new Asked(version.name(), node)))));
        return Future.join(
                IntStream.range(0, AT_ONCE).mapToObj(chain -> next(queue)).toList());
    }

    private Future<Void> next(Queue<Asked> queue) {
        Asked asked;
        synchronized (this) {
            asked = queue.poll();
        }
        return asked == null ? Future.succeededFuture() : ask(asked).compose(answered -> next(queue));
    }

    /** Who does not know the question, such as a Go service, is no failure. */
    private Future<Void> ask(Asked asked) {
        JsonObject question = new JsonObject().put("service", service);
        return client.call(
                        CallContext.create(),
                        Request.of(asked.service(), EjectedNodes.ENDPOINT, question)
                                .withOptions(options.withAddresses(asked.node().address())))
                .transform(answer -> {
                    if (answer.succeeded()) {
                        told(asked.node(), answer.result().getJsonArray("nodes", new JsonArray()));
                    } else {
                        silent();
                    }
                    return Future.succeededFuture();
                });
    }

    private synchronized void silent() {
        silent++;
    }

    private synchronized void told(Node by, JsonArray nodes) {
        told++;
        for (Object each : nodes) {
            if (each instanceof JsonObject node) {
                leftOut.computeIfAbsent(
                                String.valueOf(node.getValue("id")),
                                id -> new LeftOut(String.valueOf(node.getValue("address")), new ArrayList<>()))
                        .by()
                        .add(by.id());
            }
        }
    }

    /** Whether nobody leaves anything out. */
    synchronized boolean isEmpty() {
        return leftOut.isEmpty();
    }

    /** Writes it as people read it. */
    synchronized String text() {
        String of = told + (told == 1 ? " node" : " nodes") + " asked"
                + (silent == 0 ? "" : ", " + silent + " without an answer");
        if (leftOut.isEmpty()) {
            return "Left out by nobody (" + of + ")";
        }
        StringBuilder text = new StringBuilder("Left out (" + of + ")");
        leftOut.forEach((id, node) -> text.append('\n')
                .append(id)
                .append("  ")
                .append(node.address())
                .append("  by ")
                .append(String.join(", ", node.by())));
        return text.toString();
    }

    /**
     * Adds it to the nodes of the versions, as scripts read it. Nodes that are known only from those who leave them out, since they do not
     * answer the registry either, follow as those of a version without a name.
     */
    synchronized void addTo(JsonArray versions) {
        Map<String, LeftOut> others = new TreeMap<>(leftOut);
        for (Object version : versions) {
            Object nodes = ((JsonObject) version).getValue("nodes"); // go-micro writes null for none
            for (Object each : nodes instanceof JsonArray some ? some : new JsonArray()) {
                JsonObject node = (JsonObject) each;
                LeftOut found = others.remove(node.getString("id"));
                node.put("leftOutBy", found == null ? new JsonArray() : new JsonArray(found.by()));
            }
        }
        if (!others.isEmpty()) {
            JsonObject unnamed = ServiceJson.write(new ServiceInfo(service, "", Map.of(), List.of(), List.of()));
            JsonArray nodes = new JsonArray();
            others.forEach((id, node) -> nodes.add(new JsonObject()
                    .put("id", id)
                    .put("address", node.address())
                    .put("registered", false)
                    .put("leftOutBy", new JsonArray(node.by()))));
            versions.add(unnamed.put("nodes", nodes));
        }
    }
}
