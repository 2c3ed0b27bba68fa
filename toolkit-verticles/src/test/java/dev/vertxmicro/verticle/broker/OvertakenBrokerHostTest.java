package dev.vertxmicro.verticle.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.descriptor.BridgeOptions.ToBroker;
import dev.vertxmicro.descriptor.BridgeOptions.ToBus;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.engine.eventbus.Presence;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.verticle.Held;
import dev.vertxmicro.verticle.ownership.ExclusiveTask;
import dev.vertxmicro.verticle.ownership.ExclusiveTasks;
import dev.vertxmicro.verticle.ownership.Lease;
import dev.vertxmicro.verticle.ownership.LeaseTerms;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.core.shareddata.AsyncMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A BrokerHost that is stopped while it starts. */
class OvertakenBrokerHostTest {
    private final Vertx vertx = Vertx.vertx();
    private final Broker memory = Broker.inMemory(VertxTimers.of(vertx));

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    private record Opening(BrokerHost host, Future<Void> started) {}

    private Opening opening(Broker broker) {
        Promise<Opening> made = Promise.promise();
        vertx.getOrCreateContext().runOnContext(start -> {
            BrokerHost host = BrokerHost.create(
                    vertx,
                    broker,
                    List.of(ToBus.of("news"), new ToBroker("outbox", "out")),
                    BrokerHostOptions.DEFAULTS,
                    up -> {});
            made.complete(new Opening(host, host.start()));
        });
        return Await.result(made.future());
    }

    private Future<Void> stopped(BrokerHost host) {
        Promise<Void> done = Promise.promise();
        vertx.getOrCreateContext().runOnContext(now -> host.stop().onComplete(done));
        return done.future();
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "subscribe"})
    void leavesNothingBehind(String step) {
        Held<Broker> held = Held.of(Broker.class, memory, step);
        Opening opening = opening(held.shown());
        Await.result(held.reached());
        Future<Void> stopped = stopped(opening.host());
        held.release();
        Await.result(stopped);
        assertThat(Await.failure(opening.started())).hasMessageContaining("stopped while starting");
        for (String address : List.of("micro.broker", "micro.broker.publish", "outbox")) {
            assertThat(Await.cause(vertx.eventBus().request(address, new JsonObject())))
                    .as(address)
                    .hasMessageContaining("No handlers for address");
        }
        Map<Object, Object> duties = Await.result(vertx.sharedData()
                .getLocalAsyncMap("dev.vertxmicro.broker.duties")
                .compose(map -> map.entries()));
        duties.remove("scope");
        assertThat(duties.values()).as("duties taken").allSatisfy(duty -> assertThat((String) duty)
                .endsWith("."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"putIfAbsent", "replaceIfPresent"})
    @SuppressWarnings("unchecked") // the class of a map does not say of what
    void beginsNoDutyAfterItsEnd(String step) {
        AsyncMap<String, String> map = Await.result(vertx.sharedData().getLocalAsyncMap("duties"));
        Held<AsyncMap<String, String>> held =
                Held.of((Class<AsyncMap<String, String>>) (Class<?>) AsyncMap.class, map, step);
        Await.result(map.put("b", "somebody who is gone"));
        List<String> seen = new ArrayList<>();
        Promise<Void> closed = Promise.promise();
        vertx.getOrCreateContext().runOnContext(start -> {
            Presence presence = new Presence(vertx.eventBus(), Duration.ofMillis(1), VertxTimers.of(vertx));
            ExclusiveTasks tasks = new ExclusiveTasks(
                    Future.succeededFuture(held.shown()),
                    "me",
                    LeaseTerms.of(Duration.ofSeconds(2), false),
                    presence,
                    VertxTimers.of(vertx),
                    name -> name);
            tasks.add("a", new Noted(seen, "a"));
            tasks.add("b", new Noted(seen, "b"));
            vertx.setPeriodic(2, again -> tasks.round());
            // On a later turn: nobody ends the tasks from within a call of the map.
            held.reached()
                    .onComplete(reached -> vertx.runOnContext(turn -> {
                        tasks.close().eventually(tasks::round).onComplete(closed);
                        held.release();
                    }));
        });
        Await.result(closed.future());
        assertThat(seen)
                .filteredOn(what -> what.startsWith("begin"))
                .as("begun")
                .hasSize((int)
                        seen.stream().filter(what -> what.startsWith("end")).count());
        assertThat(Await.result(map.entries()).values()).as("duties held").noneMatch(duty -> duty.endsWith("me"));
    }

    private record Noted(List<String> seen, String name) implements ExclusiveTask {
        @Override
        public Future<Void> begin(Lease lease) {
            seen.add("begin " + name);
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> end() {
            seen.add("end " + name);
            return Future.succeededFuture();
        }
    }

    @Test
    void stopsAlthoughTheBrokerNeverAnswers() {
        Held<Broker> held = Held.of(Broker.class, memory, "connect");
        Opening opening = opening(held.shown());
        Await.result(held.reached());
        assertThat(stopped(opening.host()).toCompletionStage()).succeedsWithin(Duration.ofSeconds(15));
    }
}
