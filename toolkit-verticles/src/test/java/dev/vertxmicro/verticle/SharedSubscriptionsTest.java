package dev.vertxmicro.verticle;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.service.Service;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedSubscriptionsTest {
    private static final int MESSAGES = 200;
    private static final Topic<StringValue> EVENTS = Topic.of("events", StringValue.class);

    private final Vertx vertx = Vertx.vertx();
    private final Queue<Service> services = new ConcurrentLinkedQueue<>();
    private final Map<String, List<String>> heard = new ConcurrentHashMap<>();
    private CountDownLatch expected = new CountDownLatch(0);

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(20, TimeUnit.SECONDS);
    }

    private final class Listening extends ServiceVerticle {
        private final Consumer<Service> configuration;

        private Listening(Consumer<Service> configuration) {
            this.configuration = configuration;
        }

        @Override
        protected void configure(Service service) {
            services.add(service);
            configuration.accept(service);
        }
    }

    private String deploy(int instances, Consumer<Service> configuration) throws Exception {
        JsonObject config = new JsonObject()
                .put("service", new JsonObject().put("name", "listener"))
                .put("server", new JsonObject().put("address", "127.0.0.1:0"))
                .put("broker", new JsonObject().put("type", "memory"))
                .put("registry", new JsonObject().put("type", "memory"));
        DeploymentOptions options =
                new DeploymentOptions().setInstances(instances).setConfig(config);
        return await(vertx.deployVerticle(() -> new Listening(configuration), options));
    }

    private void listen(Service service, String who, SubscribeOptions options) {
        service.server()
                .subscribe(
                        EVENTS,
                        (message, context) -> {
                            hear(who, message.getValue());
                            return Future.succeededFuture();
                        },
                        options);
    }

    private void hear(String who, String message) {
        heard.computeIfAbsent(who + " " + message, first -> new CopyOnWriteArrayList<>())
                .add(Thread.currentThread().getName());
        expected.countDown();
    }

    private int attempts(String heardOf) {
        return heard.getOrDefault(heardOf, List.of()).size();
    }

    private void publish() throws Exception {
        List<Future<Void>> published = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            published.add(services.element().client().publish(EVENTS, StringValue.of("m" + i)));
        }
        await(Future.all(published));
        assertThat(expected.await(20, TimeUnit.SECONDS)).as("all heard").isTrue();
    }

    @Test
    void runEachHandlerOnceAMessageOnAllEventLoops() throws Exception {
        expected = new CountDownLatch(3 * MESSAGES);
        // Four instances, but two of them may share an event loop.
        Set<String> loops = ConcurrentHashMap.newKeySet();
        String id = deploy(4, service -> {
            loops.add(Thread.currentThread().getName());
            listen(service, "every", SubscribeOptions.DEFAULTS);
            listen(service, "patient", SubscribeOptions.DEFAULTS.withMaxAttempts(9));
            listen(service, "queued", SubscribeOptions.DEFAULTS.withQueue("q"));
        });
        publish();
        assertThat(heard).hasSize(3 * MESSAGES).allSatisfy((message, threads) -> assertThat(threads)
                .as(message)
                .hasSize(1));
        for (String who : List.of("every", "patient", "queued")) {
            assertThat(heard.entrySet().stream()
                            .filter(entry -> entry.getKey().startsWith(who))
                            .map(entry -> entry.getValue().get(0))
                            .distinct())
                    .as(who)
                    .hasSizeGreaterThan(1)
                    .containsExactlyInAnyOrderElementsOf(loops);
        }
        await(vertx.undeploy(id));
    }

    @Test
    void deliverAgainWhatOneInstanceHasFailedWith() throws Exception {
        expected = new CountDownLatch(2 * MESSAGES);
        deploy(4, service -> service.server()
                .subscribe(
                        EVENTS,
                        (message, context) -> {
                            hear("once more", message.getValue());
                            boolean first = attempts("once more " + message.getValue()) == 1;
                            return first
                                    ? Future.failedFuture(MicroException.internal("listener", "not yet"))
                                    : Future.succeededFuture();
                        },
                        SubscribeOptions.DEFAULTS.withRedelivery(Duration.ofMillis(1), Duration.ofMillis(1))));
        publish();
        assertThat(heard).hasSize(MESSAGES).allSatisfy((message, threads) -> assertThat(threads)
                .hasSize(2));
    }

    @Test
    void tellApartWhatOneInstanceSubscribesToTwice() throws Exception {
        expected = new CountDownLatch(2 * MESSAGES);
        deploy(2, service -> service.afterStart(() -> subscribeTwice(service)));
        publish();
        assertThat(heard).hasSize(2 * MESSAGES);
    }

    private Future<Void> subscribeTwice(Service service) {
        return Future.all(List.of("one", "two").stream()
                        .map(who -> EVENTS.subscribe(service.broker(), (message, delivery) -> {
                            hear(who, message.getValue());
                            return Future.succeededFuture();
                        }))
                        .toList())
                .mapEmpty();
    }

    @Test
    void servesMessagesSentToTheServiceByName() throws Exception {
        expected = new CountDownLatch(1);
        deploy(4, service -> listen(service, "every", SubscribeOptions.DEFAULTS));
        Service service = services.element();
        await(service.broker().publish("listener", EVENTS.encode(StringValue.of("x"), Metadata.EMPTY)));
        assertThat(expected.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(heard).containsOnlyKeys("every x");
    }

    @Test
    void endWithTheLastInstance() throws Exception {
        String id = deploy(4, service -> listen(service, "every", SubscribeOptions.DEFAULTS));
        await(vertx.undeploy(id));
        assertThat(services).allSatisfy(service -> assertThat(
                        service.broker().publish("events", EVENTS.encode(StringValue.of("x"), Metadata.EMPTY)))
                .satisfies(published -> assertThat(published.cause()).hasMessageContaining("broker is closed")));
    }
}
