package dev.vertxmicro.broker.http.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.broker.http.wire.EncodedEvent;
import dev.vertxmicro.broker.http.wire.Generation;
import dev.vertxmicro.registry.Discovery;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Routing, tries and deadlines. */
class PublisherTest extends PublisherFixture {

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
    void reachesSubscribersOfBothGenerationsEachInItsForm() {
        nodes.register(ALL, "a", "t");
        nodes.register(Generation.LATER, ALL, "b", "t");
        nodes.register("q", "c", "t");
        nodes.register(Generation.LATER, "q", "d", "t");
        Future<Void> published = publish("1");
        Future<Void> second = publish("2");
        assertThat(nodes.taken("a")).containsExactly("1", "2");
        assertThat(nodes.taken("b")).containsExactly("later 1", "later 2");
        List<String> queue = new ArrayList<>(nodes.taken("c"));
        queue.addAll(nodes.taken("d"));
        assertThat(queue).as("members of one queue").hasSize(2).anyMatch(text -> text.startsWith("later"));
        List.of("a", "b", "c", "d").forEach(nodes::answerAll);
        assertDone(published);
        assertDone(second);
    }

    /** What a process of ours registers: the second node is for those who know the later form only. */
    @Test
    void sendsOnceToASubscriptionThatIsRegisteredInBothForms() {
        nodes.register(ALL, "a", "t");
        ServiceInfo later = FakeNodes.service(Generation.LATER, ALL, "b", "t");
        Node twin = new Node("b", "b.host:1", Map.of("broker", "http", "topic", "t", "twin", "a"));
        registry.register(later.withNodes(List.of(twin)), Duration.ZERO);
        Future<Void> published = publish("1");
        assertThat(nodes.taken("a")).containsExactly("1");
        assertThat(nodes.taken("b")).isEmpty();
        nodes.answer("a", 200);
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
    void closesConnectionsThatAreNotUsed() {
        nodes.register(ALL, "a", "t");
        publish("1");
        nodes.answer("a", 200);
        timers.advance(Duration.ofSeconds(9));
        assertThat(nodes.isOpen("a")).isTrue();
        timers.advance(Duration.ofSeconds(11));
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

    /** What was sent is held until the connection ends, though nobody waits for it any more. */
    @Test
    void closesAConnectionOnWhichNothingIsAnsweredAnyMore() {
        nodes.register(ALL, "a", "t");
        Future<Void> published = publish("1");
        timers.advance(TIMEOUT);
        assertFailed(published, 408, "topic t: not handled by a at a.host:1 within 5000 ms");
        assertThat(nodes.isOpen("a")).isTrue();
        timers.advance(Duration.ofSeconds(40));
        assertThat(nodes.isOpen("a")).isFalse();
        Future<Void> next = publish("2");
        assertThat(nodes.taken("a")).containsExactly("1", "2");
        nodes.answer("a", 200);
        assertDone(next);
    }

    @Test
    void keepsNoMessageThatWaitsForARegistryWhichNeverAnswers() {
        Discovery silent = new SilentDiscovery();
        Publisher waiting = new Publisher(SETTINGS, silent, timers, nodes);
        List<Promise<Void>> published = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Promise<Void> promise = Promise.promise();
            published.add(promise);
            waiting.publish(
                    new HttpPublication("t", new EncodedEvent(new byte[1000], form -> new byte[0]), i, promise));
        }
        assertThat(waiting.unsettled()).isPositive();
        timers.advance(TIMEOUT);
        assertFailed(published.get(99).future(), 408, "topic t: the registry does not answer within 5000 ms");
        assertThat(waiting.unsettled()).isZero();
    }

    private static final class SilentDiscovery implements Discovery {
        @Override
        public Future<List<ServiceInfo>> get(String name) {
            return Promise.<List<ServiceInfo>>promise().future();
        }

        @Override
        public Future<List<String>> list() {
            return Promise.<List<String>>promise().future();
        }

        @Override
        public Future<Watch> watch(Handler<RegistryChange> handler) {
            return Promise.<Watch>promise().future();
        }
    }
}
