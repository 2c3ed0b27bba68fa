package dev.vertxmicro.broker.http.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Discovery;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of messages that nobody subscribes to, and of those that nobody can be found for. */
class PublisherOutboxTest extends PublisherFixture {

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
        publisher = publisher(held(2, 64 * 1024 * 1024));
        List.of("1", "2", "3").forEach(text -> assertDone(publish(text)));
        nodes.register(ALL, "a", "t");
        assertThat(nodes.taken("a")).containsExactly("2", "3");
    }

    @Test
    void countsWhatWasHandledNoMore() {
        publisher = publisher(held(2, 64 * 1024 * 1024));
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
        publisher = publisher(held(1000, 8));
        List.of("12345", "123", "4").forEach(text -> assertDone(publish(text)));
        nodes.register(ALL, "a", "t");
        assertThat(nodes.taken("a")).containsExactly("123", "4");
    }

    @Test
    void failsWithoutASubscriberIfOneIsMandatory() {
        publisher = publisher(MANDATORY);
        assertFailed(publish("1"), 404, "topic t: no subscriber");
        nodes.register(ALL, "a", "t");
        Future<Void> published = publish("2");
        assertThat(nodes.taken("a")).containsExactly("2");
        nodes.answerUnknown("a");
        assertFailed(published, 404, "topic t: no subscriber");
    }

    @Test
    void holdsMessagesWhileTheRegistryIsAway() {
        Away discovery = new Away();
        nodes.register(ALL, "a", "t");
        publisher = new Publisher(SETTINGS, discovery, timers, nodes);
        assertDone(publish("1"));
        discovery.away = false;
        timers.advance(Duration.ofSeconds(2));
        assertThat(nodes.taken("a")).containsExactly("1");
    }

    @Test
    void saysThatTheRegistryIsAwayIfASubscriberIsMandatory() {
        publisher = new Publisher(MANDATORY, new Away(), timers, nodes);
        assertFailed(publish("1"), 500, "topic t: no subscriber known, registry: no route");
    }

    @Test
    void keepsWhatItKnewWhileTheRegistryIsAway() {
        Away discovery = new Away();
        discovery.away = false;
        nodes.register(ALL, "a", "t");
        publisher = new Publisher(SETTINGS, discovery, timers, nodes);
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
        publisher = new Publisher(SETTINGS, discovery, timers, nodes);
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
        publisher = new Publisher(SETTINGS, silent, timers, nodes);
        Future<Void> published = publish("1");
        timers.advance(TIMEOUT);
        assertFailed(published, 408, "topic t: the registry does not answer within 5000 ms");
    }
}
