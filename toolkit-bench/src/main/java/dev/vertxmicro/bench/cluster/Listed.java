package dev.vertxmicro.bench.cluster;

import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Asks registry, agents and event bus who there is, and everybody whether that is so. Belongs to one event loop. */
final class Listed {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final String CONTENT_TYPE = "application/json";

    private final Vertx vertx;
    private final Client client;
    private final List<String> wrong = new ArrayList<>();

    Listed(Vertx vertx, Client client) {
        this.vertx = vertx;
        this.client = client;
    }

    /** Gives what is listed and does not answer, and what should be and is not; nothing if all is well. */
    Future<List<String>> wrong() {
        List<Future<?>> all = new ArrayList<>();
        all.add(registered());
        all.add(agents());
        // by turns, so that each consumer there may be is met twice
        for (int i = 0; i < 2 * Role.EACH; i++) {
            all.add(answers(BusProtocol.REGISTRY, asking("ping")));
            all.add(answers(BusProtocol.BROKER, asking("ping")));
            all.add(answers(BusProtocol.publish(BusProtocol.BROKER), asking("health")));
            all.add(answers(PlainClock.address(PlainClock.LOOK), asking("")));
        }
        return Future.join(all).transform(done -> Future.succeededFuture(List.copyOf(wrong)));
    }

    private static DeliveryOptions asking(String action) {
        return BusMessages.versioned().addHeader(BusProtocol.ACTION, action).setSendTimeout(PATIENCE.toMillis());
    }

    private Future<?> answers(String address, DeliveryOptions asking) {
        return vertx.eventBus()
                .request(address, new JsonObject(), asking)
                .onFailure(failure -> wrong.add("event bus: " + address + ": " + failure.getMessage()));
    }

    private Future<?> registered() {
        DeliveryOptions asking = asking("get").addHeader(BusProtocol.SERVICE, PlainClock.SERVICE);
        return vertx.eventBus()
                .<JsonObject>request(BusProtocol.REGISTRY, new JsonObject(), asking)
                .compose(answer -> {
                    List<String> addresses = addresses(answer.body().getJsonArray("services"));
                    counts("registry", addresses.size(), Role.EACH);
                    return Future.join(addresses.stream().map(this::serves).toList());
                })
                .onFailure(failure -> wrong.add("registry: " + failure.getMessage()));
    }

    private static List<String> addresses(JsonArray services) {
        return services.stream()
                .map(JsonObject.class::cast)
                .flatMap(service -> service.getJsonArray("nodes").stream())
                .map(node -> ((JsonObject) node).getString("address"))
                .toList();
    }

    private Future<?> serves(String address) {
        CallOptions there = CallOptions.DEFAULTS
                .withAddresses(List.of(address))
                .withContentType(Optional.of(CONTENT_TYPE))
                .withRequestTimeout(Optional.of(PATIENCE));
        return client.call(Request.of(PlainClock.SERVICE, PlainClock.LOOK, new JsonObject())
                        .withOptions(there))
                .onFailure(failure -> wrong.add("registry: " + address + ": " + failure.getMessage()));
    }

    private void counts(String where, int found, int expected) {
        if (found != expected) {
            wrong.add(where + ": " + found + " (expected: " + expected + ")");
        }
    }

    private Future<?> agents() {
        Map<String, String> found = new TreeMap<>();
        String own = BusProtocol.node(UUID.randomUUID().toString());
        MessageConsumer<JsonObject> heard = vertx.eventBus()
                .consumer(
                        own,
                        up -> found.put(
                                up.body().getString("address"), up.body().getString("process")));
        return heard.completion()
                .compose(listening -> {
                    JsonObject who = new JsonObject().put("action", "who").put("address", own);
                    vertx.eventBus().publish(BusProtocol.NODES, who, BusMessages.versioned());
                    return vertx.timer(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                })
                .compose(searched -> heard.unregister())
                .compose(deaf -> {
                    counts("agents", found.size(), Role.processes());
                    return Future.join(
                            found.keySet().stream().map(this::described).toList());
                });
    }

    private Future<?> described(String agent) {
        return vertx.eventBus()
                .request(agent, new JsonObject(), asking("describe"))
                .onFailure(failure -> wrong.add("agent: " + agent + ": " + failure.getMessage()));
    }
}
