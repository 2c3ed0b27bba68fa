package dev.vertxmicro.eventbus.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.testkit.recording.Await;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClosedWhileRegisteringTest {
    private static final ServiceInfo NODE = new ServiceInfo(
            "greeter", "1", Map.of(), List.of(), List.of(new Node("greeter-1", "127.0.0.1:1", Map.of())));

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    @Test
    void takesBackWhatIsRegisteredMeanwhile() {
        List<String> asked = new CopyOnWriteArrayList<>();
        Promise<Message<JsonObject>> registering = Promise.promise();
        Await.result(vertx.eventBus()
                .<JsonObject>localConsumer("micro.registry", message -> {
                    String action = message.headers().get("action");
                    asked.add(action);
                    if (action.equals("register")) {
                        registering.complete(message);
                    } else {
                        message.reply(new JsonObject());
                    }
                })
                .completion());
        EventBusRegistry registry = EventBusRegistry.create(vertx, EventBusRegistryOptions.DEFAULTS);
        Future<Void> registered = registry.register(NODE, Duration.ofSeconds(60));
        Message<JsonObject> message = Await.result(registering.future());
        Future<Void> closed = registry.close();
        assertThat(Await.failure(registered)).hasMessageContaining("registry is closed");
        message.reply(new JsonObject().put("verticle", "v"));
        Await.result(closed);
        assertThat(asked).containsExactly("register", "deregister");
    }
}
