package dev.vertxmicro.verticle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.service.Service;
import dev.vertxmicro.testkit.recording.Await;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vert.x is closed while a verticle starts: it is ended as one that runs, though Vert.x does not call its stop. */
class UndeploymentTest {
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private final Promise<Void> reached = Promise.promise();
    private final Promise<Void> held = Promise.promise();

    private final class Starting extends ServiceVerticle {
        private final boolean afterStart;

        private Starting(boolean afterStart) {
            this.afterStart = afterStart;
        }

        @Override
        protected void configure(Service target) {
            target.afterStop(() -> {
                seen.add("stopped");
                return Future.succeededFuture();
            });
            if (afterStart) {
                target.afterStart(this::hold);
            } else {
                target.beforeStart(this::hold);
            }
        }

        private Future<Void> hold() {
            seen.add("listens at " + service().server().address());
            reached.complete();
            return held.future();
        }
    }

    private static JsonObject config(int port) {
        JsonObject memory = new JsonObject().put("type", "memory");
        return new JsonObject()
                .put("registry", memory)
                .put("broker", memory)
                .put("server", new JsonObject().put("address", "127.0.0.1:" + port));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void endsAServiceThatIsStarting(boolean afterStart) throws IOException {
        int port = freePort();
        Vertx vertx = Vertx.vertx();
        Future<String> deployed =
                vertx.deployVerticle(new Starting(afterStart), new DeploymentOptions().setConfig(config(port)));
        Await.result(reached.future());
        Await.result(vertx.close());
        assertThat(deployed.failed()).as("deployed").isTrue();
        assertThat(seen).contains("stopped");
        held.complete();
        new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    }

    @Test
    void letsOthersStartWhereOneCouldNot() {
        Vertx vertx = Vertx.vertx();
        try {
            JsonObject wrong = config(0).put("broker", new JsonObject().put("type", "eventbus"));
            DeploymentOptions options = new DeploymentOptions().setConfig(wrong);
            assertThat(Await.cause(vertx.deployVerticle(new BrokerVerticle(), options)))
                    .hasMessageContaining("a broker that this verticle can own");
            assertThat(vertx.sharedData().getLocalMap("dev.vertxmicro.broker.working"))
                    .isEmpty();
        } finally {
            Await.result(vertx.close());
        }
    }
}
