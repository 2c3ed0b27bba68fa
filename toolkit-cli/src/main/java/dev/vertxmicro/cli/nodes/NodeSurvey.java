package dev.vertxmicro.cli.nodes;

import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Asks all agents who they are, and each what runs there. */
final class NodeSurvey {
    private final Vertx vertx;
    private final long timeoutMillis;
    private final Map<String, JsonObject> found = new ConcurrentHashMap<>();

    private NodeSurvey(Vertx vertx, Duration timeout) {
        this.vertx = vertx;
        this.timeoutMillis = timeout.toMillis();
    }

    /**
     * Asks.
     *
     * @param vertx   one of the cluster
     * @param search  how long answers are waited for that say who there is
     * @param timeout for one answer that describes a process
     * @return the processes, by name; those that do not answer have an {@code error}
     */
    static Future<List<JsonObject>> of(Vertx vertx, Duration search, Duration timeout) {
        return new NodeSurvey(vertx, timeout).run(search);
    }

    private Future<List<JsonObject>> run(Duration search) {
        String own = BusProtocol.node(UUID.randomUUID().toString());
        MessageConsumer<JsonObject> heard = vertx.eventBus()
                .consumer(own, message -> found.put(message.body().getString("address", ""), message.body()));
        Promise<Void> over = Promise.promise();
        return heard.completion()
                .compose(listening -> {
                    ask(own);
                    // again: who joined last is not known everywhere at once
                    long asking = vertx.setPeriodic(Math.max(1, search.toMillis() / 4), again -> ask(own));
                    vertx.setTimer(search.toMillis(), end -> {
                        vertx.cancelTimer(asking);
                        over.complete();
                    });
                    return over.future();
                })
                .compose(searched -> heard.unregister())
                .compose(deaf ->
                        Future.join(found.values().stream().map(this::described).toList()))
                .map(all -> all.<JsonObject>list().stream()
                        .sorted(Comparator.comparing(node -> node.getString("process", "")))
                        .toList());
    }

    private void ask(String own) {
        JsonObject who = new JsonObject().put("action", "who").put("address", own);
        vertx.eventBus().publish(BusProtocol.NODES, who, BusMessages.versioned());
    }

    private Future<JsonObject> described(JsonObject node) {
        DeliveryOptions options = BusMessages.versioned()
                .addHeader(BusProtocol.ACTION, "describe")
                .setSendTimeout(timeoutMillis);
        return vertx.eventBus()
                .<JsonObject>request(node.getString("address", ""), new JsonObject(), options)
                .map(answer -> answer.body())
                .otherwise(failure -> new JsonObject()
                        .put("node", node.getString("node", ""))
                        .put("process", node.getString("process", "unknown"))
                        .put("error", "no answer"));
    }
}
