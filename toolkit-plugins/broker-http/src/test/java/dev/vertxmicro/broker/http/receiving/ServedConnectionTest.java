package dev.vertxmicro.broker.http.receiving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.http.HttpBrokerFixture;
import dev.vertxmicro.broker.http.wire.WireMessage;
import dev.vertxmicro.broker.local.Handover;
import dev.vertxmicro.broker.local.LocalSubscriptions;
import dev.vertxmicro.net.MemoryBudget;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a connection does for one peer, and what it does not, without a network. */
class ServedConnectionTest {
    private static final String ANY = "GET /x HTTP/1.1\r\n\r\n";
    private static final int BUDGET = 1_000_000;

    private static final ReceiverSettings SETTINGS = new ReceiverSettings(
            ":0", TlsOptions.OFF, Duration.ofMinutes(2), Duration.ofSeconds(30), 10, 16 * 1024 * 1024, BUDGET);

    private final ManualTimers timers = Timers.manual();
    private final FakeSocket peer = new FakeSocket();
    private final MemoryBudget budget = MemoryBudget.alone(BUDGET);
    private final Deque<Runnable> later = new ArrayDeque<>();
    private final List<Promise<Void>> handlers = new ArrayList<>();
    private final LocalSubscriptions local =
            LocalSubscriptions.create(timers, (topic, message) -> Future.succeededFuture());
    private final ServedConnection connection = connection(this::deliver);

    private ServedConnection connection(BiFunction<String, WireMessage, Optional<Handover>> subscribers) {
        RareWarning warning = new RareWarning(System.getLogger("test"), timers);
        return new ServedConnection(
                peer.socket(),
                new ServedConnection.Common(
                        SETTINGS, budget, timers, new MessageDispatch(subscribers), warning, later::add),
                () -> {});
    }

    private Optional<Handover> deliver(String id, WireMessage message) {
        return Optional.of(local.deliver("t", message.message()));
    }

    private void subscribe() {
        local.add(
                "t",
                delivery -> {
                    Promise<Void> handled = Promise.promise();
                    handlers.add(handled);
                    return handled.future();
                },
                SubscribeOptions.DEFAULTS,
                Future::succeededFuture);
    }

    private static String message(int bytes) {
        String body = HttpBrokerFixture.envelope("t", "YWFh".repeat(bytes / 3));
        return HttpBrokerFixture.request("id", body);
    }

    private static String unfinished(int announced, int sent) {
        return "POST /_sub HTTP/1.1\r\nContent-Length: " + announced + "\r\n\r\n" + "a".repeat(sent);
    }

    private void run() {
        while (!later.isEmpty()) {
            later.remove().run();
        }
    }

    @Test
    void readsNothingOfAPeerThatDoesNotReadHisAnswers() {
        int sent = 0;
        while (peer.isRead() && sent < 10_000) {
            peer.receives(ANY);
            sent++;
            run();
        }
        assertThat(sent).isLessThan(1000);
        assertThat(peer.written()).hasSize(sent);
        assertThat(peer.written().stream().mapToInt(String::length).sum()).isLessThan(66_000);
        peer.reads();
        assertThat(peer.isRead()).isTrue();
        assertThat(budget.heldBytes()).isZero();
    }

    @Test
    void servesWhatWasReadAlreadyOnlyWhenThePeerReads() {
        peer.receives(ANY.repeat(900));
        run();
        int first = peer.written().size();
        assertThat(first).isBetween(100, 899);
        assertThat(peer.isRead()).isFalse();
        while (peer.written().size() < 900) {
            int before = peer.written().size();
            peer.reads();
            run();
            assertThat(peer.written().size()).isGreaterThan(before);
        }
        peer.reads();
        assertThat(peer.isRead()).isTrue();
    }

    @Test
    void givesOthersTheirTurn() {
        peer.receives(ANY.repeat(100));
        assertThat(peer.written()).hasSize(32);
        assertThat(peer.isRead()).isFalse();
        later.remove().run();
        assertThat(peer.written()).hasSize(64);
        run();
        assertThat(peer.written()).hasSize(100);
        peer.reads();
        assertThat(peer.isRead()).isTrue();
    }

    @Test
    void keepsNoMoreThanAThousandTinyRequestsAndAnswersThem() {
        peer.receives(ANY.repeat(2000));
        while (!peer.isClosed() && !later.isEmpty()) {
            run();
            peer.reads();
        }
        peer.reads();
        assertThat(peer.written()).hasSize(1033);
        assertThat(peer.written().get(1031)).startsWith("HTTP/1.1 404");
        assertThat(peer.written().get(1032)).startsWith("HTTP/1.1 503");
    }

    @Test
    void countsABodyAsItComesAndGivesItBackWhenItIsHandled() {
        subscribe();
        peer.receives(unfinished(500_000, 0));
        assertThat(budget.heldBytes()).as("what is only announced").isZero();
        String rest = message(300_000);
        peer.receives("a".repeat(500_000) + rest.substring(0, 200_000));
        assertThat(budget.heldBytes()).isBetween(200_000L, 400_000L);
        peer.receives(rest.substring(200_000));
        assertThat(budget.heldBytes()).as("what the handler has").isBetween(300_000L, 310_000L);
        handlers.get(0).complete();
        peer.reads();
        assertThat(budget.heldBytes()).isZero();
        assertThat(peer.written()).hasSize(2);
    }

    @Test
    void refusesABodyForWhichThereIsNoRoom() {
        peer.receives(unfinished(2_000_000, 999_000));
        peer.reads();
        assertThat(peer.written()).hasSize(1);
        assertThat(peer.written().get(0)).startsWith("HTTP/1.1 503 Service Unavailable");
        assertThat(budget.heldBytes()).isZero();
        peer.receives("a".repeat(100_000));
        assertThat(budget.heldBytes()).as("what comes after the refusal").isZero();
        assertThat(peer.isClosed()).as("before the peer could read why").isFalse();
        timers.advance(Duration.ofMillis(500));
        assertThat(peer.isClosed()).isTrue();
    }

    @Test
    void givesAllBackWhenTheConnectionIsClosed() {
        subscribe();
        peer.receives(message(100_000).repeat(2) + unfinished(200_000, 150_000));
        connection.closed();
        assertThat(handlers).hasSize(1);
        assertThat(budget.heldBytes()).as("what handlers have").isBetween(199_000L, 210_000L);
        handlers.get(0).complete();
        handlers.get(1).complete();
        assertThat(budget.heldBytes()).isZero();
        peer.receives(message(10));
        assertThat(handlers).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, StackOverflowError.class, OutOfMemoryError.class})
    void answersWhateverThrows(Class<? extends Throwable> kind) {
        FakeSocket other = peer;
        connection((id, message) -> {
            throw sneak(kind);
        });
        other.receives(message(10_000) + message(10_000));
        assertThat(other.written()).hasSize(2).allMatch(text -> text.startsWith("HTTP/1.1 500"));
        other.reads();
        assertThat(other.isRead()).isTrue();
        assertThat(budget.heldBytes()).isZero();
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException sneak(Class<? extends Throwable> kind) throws T {
        try {
            throw (T) kind.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no " + kind, e);
        }
    }

    @Test
    void saysContinueAfterTheAnswersToWhatCameBefore() {
        subscribe();
        peer.receives(message(10));
        peer.receives("POST /_sub HTTP/1.1\r\nContent-Length: 2\r\nExpect: 100-Continue\r\n\r\n");
        assertThat(peer.written()).isEmpty();
        handlers.get(0).complete();
        assertThat(peer.written()).hasSize(2);
        assertThat(peer.written().get(0)).startsWith("HTTP/1.1 200");
        assertThat(peer.written().get(1)).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
        peer.receives("{}");
        assertThat(peer.written()).hasSize(3);
    }

    @Test
    void closesAPeerThatReadsNothingForTooLong() {
        subscribe();
        peer.receives(ANY + message(10));
        timers.advance(SETTINGS.idleTimeout().minusSeconds(1));
        connection.tidy();
        assertThat(peer.isClosed()).isFalse();
        timers.advance(Duration.ofSeconds(1));
        connection.tidy();
        assertThat(peer.isClosed()).isTrue();
    }

    /** The first message waits for a buffer, so the second is not read. */
    @Test
    void blamesNoPeerForWhatIsNotRead() {
        local.add(
                "t",
                delivery -> Promise.<Void>promise().future(),
                SubscribeOptions.DEFAULTS.withBufferMessages(1),
                Future::succeededFuture);
        peer.receives(message(10).repeat(2) + unfinished(10, 5));
        assertThat(peer.isRead()).isFalse();
        timers.advance(SETTINGS.readTimeout().plusSeconds(1));
        connection.tidy();
        assertThat(peer.isClosed()).isFalse();
    }
}
