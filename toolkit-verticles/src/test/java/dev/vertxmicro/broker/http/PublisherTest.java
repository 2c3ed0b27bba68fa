package dev.vertxmicro.broker.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Discovery;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import dev.vertxmicro.testkit.RecordedLogs;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Routing, tries, deadlines and the outbox, without a network and with time held still. */
class PublisherTest {
    private static final String ALL = SubscriberNode.BROADCAST;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = HttpPublishing.DEFAULTS.timeout();

    private final ManualTimers timers = Timers.manual();
    private final Registry registry = Registry.inMemory(timers);
    private final FakeNodes nodes = new FakeNodes(registry);
    private Publisher publisher = publisher(HttpPublishing.DEFAULTS);
    private long number;

    private Publisher publisher(HttpPublishing options) {
        return new Publisher(options, registry, timers, nodes);
    }

    private Future<Void> publish(String text) {
        return publish("t", text);
    }

    private Future<Void> publish(String topic, String text) {
        Promise<Void> promise = Promise.promise();
        publisher.publish(new Publication(topic, text.getBytes(StandardCharsets.UTF_8), ++number, promise));
        return promise.future();
    }

    private static void assertOpen(Future<?> future) {
        assertThat(future.isComplete()).isFalse();
    }

    private static void assertDone(Future<?> future) {
        assertThat(future.succeeded()).as(String.valueOf(future.cause())).isTrue();
    }

    private static void assertFailed(Future<?> future, int code, String detail) {
        assertThat(future.cause()).isInstanceOfSatisfying(MicroException.class, failure -> {
            assertThat(failure.id()).isEqualTo("go.micro.broker");
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.detail()).isEqualTo(detail);
        });
    }

    @Test
    void completesWhenAllNodesAndOneOfEachQueueHaveAnswered() {
        nodes.register(ALL, "a", "t");
        nodes.register(ALL, "b", "t");
        nodes.register("q", "c", "t");
        nodes.register("q", "d", "t");
        nodes.register("r", "e", "t");
        nodes.register(ALL, "other", "u");
        Future<Void> published = publish("1");
        String one = nodes.taken("c").isEmpty() ? "d" : "c";
        assertThat(nodes.taken(one.equals("c") ? "d" : "c")).isEmpty();
        assertThat(nodes.taken("other")).isEmpty();
        for (String id : List.of("a", "b", one)) {
            nodes.answer(id, 200);
            assertOpen(published);
        }
        nodes.answer("e", 200);
        assertDone(published);
    }

    @Test
    void spreadsMessagesOverAQueue() {
        nodes.register("q", "a", "t");
        nodes.register("q", "b", "t");
        IntStream.range(0, 10).forEach(i -> publish("m" + i));
        assertThat(nodes.taken("a")).hasSize(5);
        assertThat(nodes.taken("b")).hasSize(5);
    }

    @Test
    void prefersTheNodeOfAQueueThatHasLessToDo() {
        nodes.register("q", "a", "t");
        nodes.register("q", "b", "t");
        publish("1");
        String busy = nodes.taken("a").isEmpty() ? "b" : "a";
        String free = busy.equals("a") ? "b" : "a";
        for (int i = 0; i < 4; i++) {
            publish("m" + i);
            assertThat(nodes.taken(free)).containsExactly("m" + i);
            nodes.answer(free, 200);
        }
    }

    @Test
    void sendsAheadInOrderButNotTooFar() {
        nodes.register(ALL, "a", "t");
        List<Future<Void>> published =
                IntStream.range(0, 300).mapToObj(i -> publish("m" + i)).toList();
        List<String> first = nodes.taken("a");
        assertThat(first).hasSize(128).startsWith("m0", "m1").endsWith("m127");
        nodes.answer("a", 200);
        assertDone(published.get(0));
        assertOpen(published.get(1));
        assertThat(nodes.taken("a")).containsExactly("m128");
    }

    @Test
    void sendsAgainInOrderWhatWasNotAnswered() {
        nodes.register(ALL, "a", "t");
        Future<Void> first = publish("1");
        Future<Void> second = publish("2");
        Future<Void> third = publish("3");
        nodes.answer("a", 200);
        assertDone(first);
        nodes.kill("a");
        publish("4");
        nodes.taken("a");
        timers.advance(SECOND);
        nodes.revive("a");
        timers.advance(SECOND);
        assertThat(nodes.taken("a")).containsExactly("2", "3", "4");
        nodes.answerAll("a");
        assertDone(second);
        assertDone(third);
    }

    @Test
    void triesAgainWhatANodeCouldNotHandle() {
        nodes.register(ALL, "a", "t");
        Future<Void> published = publish("1");
        nodes.answer("a", 500);
        assertOpen(published);
        assertThat(nodes.taken("a")).containsExactly("1");
        timers.advance(SECOND);
        assertThat(nodes.taken("a")).containsExactly("1");
        nodes.answer("a", 200);
        assertDone(published);
    }

    @Test
    void namesThoseWhoDidNotAnswerInTime() {
        nodes.register(ALL, "a", "t");
        nodes.register(ALL, "b", "t");
        nodes.register(ALL, "c", "t");
        nodes.refuse("b");
        Future<Void> published = publish("1");
        nodes.answer("c", 200);
        timers.advance(TIMEOUT.minusMillis(1));
        assertOpen(published);
        timers.advance(Duration.ofMillis(1));
        assertFailed(
                published,
                408,
                "topic t: not handled by a at a.host:1, b at b.host:1 (connection refused) within 5000 ms");
        nodes.answer("a", 200);
    }

    @Test
    void goesOnAfterATimeout() {
        nodes.register(ALL, "a", "t");
        nodes.refuse("a");
        Future<Void> late = publish("1");
        timers.advance(TIMEOUT.minus(SECOND));
        Future<Void> next = publish("2");
        timers.advance(SECOND);
        assertThat(late.failed()).isTrue();
        nodes.revive("a");
        timers.advance(SECOND.multipliedBy(2));
        assertThat(nodes.taken("a")).containsExactly("2");
        nodes.answer("a", 200);
        assertDone(next);
    }

    @Test
    void waitsNoMoreForANodeThatLeaves() {
        nodes.register(ALL, "a", "t");
        nodes.register(ALL, "b", "t");
        nodes.refuse("b");
        Future<Void> published = publish("1");
        nodes.answer("a", 200);
        assertOpen(published);
        nodes.deregister(ALL, "b", "t");
        assertDone(published);
    }

    @Test
    void waitsForWhatANodeThatLeavesHasTaken() {
        nodes.register(ALL, "a", "t");
        nodes.register(ALL, "b", "t");
        Future<Void> published = publish("1");
        nodes.answer("a", 200);
        nodes.deregister(ALL, "b", "t");
        assertOpen(published);
        nodes.answer("b", 200);
        assertDone(published);
        assertThat(nodes.isOpen("b")).isFalse();
    }

    @Test
    void triesAnotherNodeOfAQueue() {
        nodes.register("q", "a", "t");
        nodes.register("q", "b", "t");
        nodes.refuse("a");
        List<Future<Void>> published =
                IntStream.range(0, 4).mapToObj(i -> publish("m" + i)).toList();
        assertThat(nodes.taken("b")).containsExactlyInAnyOrder("m0", "m1", "m2", "m3");
        nodes.answerAll("b");
        published.forEach(PublisherTest::assertDone);
    }

    @Test
    void givesWhatAKilledNodeOfAQueueDidNotAnswerToAnother() {
        nodes.register("q", "a", "t");
        Future<Void> published = publish("1");
        nodes.register("q", "b", "t");
        nodes.kill("a");
        assertThat(nodes.taken("b")).containsExactly("1");
        nodes.answer("b", 200);
        assertDone(published);
    }

    @Test
    void takesUnknownForNoSubscriber() {
        nodes.register(ALL, "a", "t");
        nodes.register(ALL, "b", "t");
        Future<Void> published = publish("1");
        nodes.answer("a", 200);
        nodes.answerUnknown("b");
        assertDone(published);
        nodes.taken("b");
        Future<Void> next = publish("2");
        nodes.answer("a", 200);
        assertDone(next);
        assertThat(nodes.taken("b")).as("it is not asked again").isEmpty();
    }

    @Test
    void triesAnotherNodeOfAQueueIfOneDoesNotKnowIt() {
        nodes.register("q", "a", "t");
        Future<Void> published = publish("1");
        nodes.register("q", "b", "t");
        nodes.answerUnknown("a");
        assertOpen(published);
        nodes.answer("b", 200);
        assertDone(published);
    }

    @Test
    void holdsAMessageAgainIfNobodyIsLeftToHandleIt() {
        nodes.register(ALL, "a", "t");
        Future<Void> first = publish("1");
        Future<Void> second = publish("2");
        nodes.answerUnknown("a");
        nodes.answerUnknown("a");
        assertDone(first);
        assertDone(second);
        nodes.register(ALL, "b", "t");
        assertThat(nodes.taken("b")).containsExactly("1", "2");
    }

    @Test
    void followsANodeThatMoves() {
        nodes.register(ALL, "a", "t");
        nodes.refuse("a");
        Future<Void> published = publish("1");
        nodes.revive("a");
        ServiceInfo moved = FakeNodes.service(ALL, "a", "t");
        registry.register(
                moved.withNodes(List.of(new dev.vertxmicro.registry.Node(
                        "a", "elsewhere:2", moved.nodes().get(0).metadata()))),
                Duration.ZERO);
        assertThat(nodes.taken("a")).containsExactly("1");
        nodes.answer("a", 200);
        assertDone(published);
    }

    @Test
    void holdsWhatNobodySubscribesToAndSendsItFirst() {
        Future<Void> first = publish("1");
        Future<Void> second = publish("2");
        assertDone(first);
        assertDone(second);
        publish("u", "other");
        timers.advance(Duration.ofSeconds(59));
        nodes.register(ALL, "a", "t");
        publish("3");
        assertThat(nodes.taken("a")).containsExactly("1", "2", "3");
        nodes.answerAll("a");
        nodes.register(ALL, "b", "t");
        assertThat(nodes.taken("b")).as("handled, so no longer held").isEmpty();
    }

    @Test
    void dropsWhatIsHeldForTooLongAndSaysSo() {
        try (RecordedLogs logs = RecordedLogs.of(Outbox.class)) {
            publish("1");
            timers.advance(Duration.ofSeconds(30));
            publish("2");
            timers.advance(Duration.ofSeconds(30));
            assertThat(logs.next())
                    .isEqualTo(
                            "broker: message of topic t dropped: nobody subscribed in time (1 dropped since the start)");
        }
        nodes.register(ALL, "a", "t");
        assertThat(nodes.taken("a")).containsExactly("2");
    }

    @Test
    void dropsTheOldestWhenTheOutboxIsFull() {
        publisher = publisher(HttpPublishing.DEFAULTS.withOutbox(2, Duration.ofMinutes(1)));
        List.of("1", "2", "3").forEach(text -> assertDone(publish(text)));
        nodes.register(ALL, "a", "t");
        assertThat(nodes.taken("a")).containsExactly("2", "3");
    }

    @Test
    void countsWhatWasHandledNoMore() {
        publisher = publisher(HttpPublishing.DEFAULTS.withOutbox(2, Duration.ofMinutes(1)));
        publish("1");
        publish("2");
        nodes.register(ALL, "a", "t");
        nodes.answerAll("a");
        nodes.deregister(ALL, "a", "t");
        publish("3");
        publish("4");
        nodes.register(ALL, "b", "t");
        assertThat(nodes.taken("b")).containsExactly("3", "4");
    }

    @Test
    void boundsTheBytesOfTheOutboxToo() {
        publisher = publisher(HttpPublishing.DEFAULTS.withPending(10, 8));
        List.of("12345", "123", "4").forEach(text -> assertDone(publish(text)));
        nodes.register(ALL, "a", "t");
        assertThat(nodes.taken("a")).containsExactly("123", "4");
    }

    @Test
    void failsWithoutASubscriberIfOneIsMandatory() {
        publisher = publisher(HttpPublishing.DEFAULTS.withMandatory(true));
        assertFailed(publish("1"), 404, "topic t: no subscriber");
        nodes.register(ALL, "a", "t");
        Future<Void> published = publish("2");
        assertThat(nodes.taken("a")).containsExactly("2");
        nodes.answerUnknown("a");
        assertFailed(published, 404, "topic t: no subscriber");
    }

    @Test
    void closesConnectionsThatAreNotUsed() {
        nodes.register(ALL, "a", "t");
        publish("1");
        nodes.answer("a", 200);
        timers.advance(Duration.ofSeconds(29));
        assertThat(nodes.isOpen("a")).isTrue();
        timers.advance(Duration.ofSeconds(21));
        assertThat(nodes.isOpen("a")).isFalse();
        Future<Void> published = publish("2");
        nodes.answer("a", 200);
        assertDone(published);
    }

    @Test
    void closesAConnectionWhoseNodeAnswersTooMuch() {
        nodes.register(ALL, "a", "t");
        publish("1");
        nodes.answer("a", 200);
        Future<Void> published = publish("2");
        nodes.answerTwice("a");
        assertDone(published);
        assertThat(nodes.isOpen("a")).isFalse();
    }

    @Test
    void failsWhatWaitsWhenItIsClosed() {
        nodes.register(ALL, "a", "t");
        Future<Void> published = publish("1");
        publisher.close();
        assertFailed(published, 500, "broker is closed");
        assertThat(nodes.isOpen("a")).isFalse();
        assertFailed(publish("2"), 500, "broker is closed");
        assertThat(timers.pending()).isZero();
    }

    /** Answers as the registry does, but only while it is there. */
    private class Away implements Discovery {
        private boolean away = true;
        private boolean forgot;

        @Override
        public Future<List<ServiceInfo>> get(String name) {
            if (forgot && !away) {
                return Future.succeededFuture(List.of());
            }
            return away ? Future.failedFuture("no route") : registry.get(name);
        }

        @Override
        public Future<List<String>> list() {
            return registry.list();
        }

        @Override
        public Future<Watch> watch(Handler<RegistryChange> handler) {
            return away ? Future.failedFuture("no route") : registry.watch(handler);
        }
    }

    @Test
    void holdsMessagesWhileTheRegistryIsAway() {
        Away discovery = new Away();
        nodes.register(ALL, "a", "t");
        publisher = new Publisher(HttpPublishing.DEFAULTS, discovery, timers, nodes);
        assertDone(publish("1"));
        discovery.away = false;
        timers.advance(Duration.ofSeconds(2));
        assertThat(nodes.taken("a")).containsExactly("1");
    }

    @Test
    void saysThatTheRegistryIsAwayIfASubscriberIsMandatory() {
        publisher = new Publisher(HttpPublishing.DEFAULTS.withMandatory(true), new Away(), timers, nodes);
        assertFailed(publish("1"), 500, "topic t: no subscriber known, registry: no route");
    }

    @Test
    void keepsWhatItKnewWhileTheRegistryIsAway() {
        Away discovery = new Away();
        discovery.away = false;
        nodes.register(ALL, "a", "t");
        publisher = new Publisher(HttpPublishing.DEFAULTS, discovery, timers, nodes);
        publish("1");
        discovery.away = true;
        timers.advance(Duration.ofMinutes(5));
        publish("2");
        assertThat(nodes.taken("a")).contains("2");
    }

    @Test
    void keepsForAWhileWhatTheRegistryForgotInAnOutage() {
        Away discovery = new Away();
        discovery.away = false;
        nodes.register(ALL, "a", "t");
        publisher = new Publisher(HttpPublishing.DEFAULTS, discovery, timers, nodes);
        publish("1");
        nodes.answer("a", 200);
        discovery.away = true;
        timers.advance(Duration.ofSeconds(61));
        discovery.away = false;
        discovery.forgot = true;
        timers.advance(Duration.ofSeconds(30));
        nodes.taken("a");
        publish("2");
        assertThat(nodes.taken("a")).containsExactly("2");
        timers.advance(Duration.ofMinutes(2));
        publish("3");
        assertThat(nodes.taken("a")).isEmpty();
    }

    @Test
    void failsIfTheRegistryDoesNotAnswer() {
        Discovery silent = new Away() {
            @Override
            public Future<Watch> watch(String name, Handler<RegistryChange> handler) {
                return Promise.<Watch>promise().future();
            }
        };
        publisher = new Publisher(HttpPublishing.DEFAULTS, silent, timers, nodes);
        Future<Void> published = publish("1");
        timers.advance(TIMEOUT);
        assertFailed(published, 408, "topic t: the registry does not answer within 5000 ms");
    }
}
