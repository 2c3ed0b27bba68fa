package dev.vertxmicro.cli.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.testkit.recording.Await;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeSurveyTest {
    private static final Duration SHORT = Duration.ofMillis(200);

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        Await.result(vertx.close());
    }

    private void agent(String id, boolean mute) {
        JsonObject up = new JsonObject()
                .put("action", "up")
                .put("node", id)
                .put("address", "micro.node/" + id)
                .put("process", "host/" + id);
        vertx.eventBus().<JsonObject>consumer("micro.nodes", asked -> vertx.eventBus()
                .send(asked.body().getString("address"), up));
        vertx.eventBus().consumer("micro.node/" + id, asked -> {
            if (!mute) {
                assertThat(asked.headers().get("action")).isEqualTo("describe");
                asked.reply(new JsonObject()
                        .put("node", id)
                        .put("process", "host/" + id)
                        .put("handlers", new JsonArray().add("micro.handler/a/B.C")));
            }
        });
    }

    @Test
    void describesWhoAnswersAndNamesWhoDoesNot() {
        agent("2", false);
        agent("1", true);
        List<JsonObject> nodes = Await.result(NodeSurvey.of(vertx, SHORT, SHORT));
        assertThat(nodes).hasSize(2);
        assertThat(nodes.get(0))
                .isEqualTo(new JsonObject()
                        .put("node", "1")
                        .put("process", "host/1")
                        .put("error", "no answer"));
        assertThat(nodes.get(1).getJsonArray("handlers")).containsExactly("micro.handler/a/B.C");
    }

    @Test
    void findsNobodyWhereNobodyIs() {
        assertThat(Await.result(NodeSurvey.of(vertx, SHORT, SHORT))).isEmpty();
    }
}
