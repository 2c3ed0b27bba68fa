package dev.vertxmicro.cli.registry;

import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.health.EjectedNodes;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
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

    private final Client client;
    private final String service;
    private final CallOptions options;
    /** Who leaves a node out, by its id. */
    private final Map<String, List<String>> leftOutBy = new TreeMap<>();

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
                .compose(names -> Future.join(names.stream()
                        .map(name -> registry.get(name).otherwise(List.of()))
                        .toList()))
                .compose(found -> survey.ask(found.<List<ServiceInfo>>list()))
                .map(survey);
    }

    private record Asked(String service, Node node) {}

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
                leftOutBy
                        .computeIfAbsent(String.valueOf(node.getValue("id")), id -> new ArrayList<>())
                        .add(by.id());
            }
        }
    }

    /** Writes it as people read it. */
    synchronized String text() {
        String of = told + (told == 1 ? " node" : " nodes") + " asked"
                + (silent == 0 ? "" : ", " + silent + " without an answer");
        if (leftOutBy.isEmpty()) {
            return "Left out by nobody (" + of + ")";
        }
        StringBuilder text = new StringBuilder("Left out (" + of + ")");
        leftOutBy.forEach(
                (id, by) -> text.append('\n').append(id).append("  by ").append(String.join(", ", by)));
        return text.toString();
    }

    /** Adds it to the nodes of a version, as scripts read it. */
    synchronized void addTo(JsonObject version) {
        for (Object each : version.getJsonArray("nodes")) {
            if (each instanceof JsonObject node) {
                node.put("leftOutBy", new JsonArray(leftOutBy.getOrDefault(node.getString("id"), List.of())));
            }
        }
    }
}
