package dev.vertxmicro.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.error.FailedCall;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.server.AdaptiveLimit;
import dev.vertxmicro.server.DedupeOptions;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerOptions;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.ScriptedTransport;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatedCallsTest {
    private static final DedupeOptions MINUTE = DedupeOptions.DEFAULTS.withWindow(Duration.ofMinutes(1));
    private static final Cancellation STAYS = new Cancellation();
    private static final FailedCall PAY = new FailedCall("bank", "Bank.Pay", "", Duration.ofMillis(1), true, "");

    private final ManualTimers timers = Timers.manual();
    private final ScriptedTransport transport = new ScriptedTransport();
    private final List<Promise<StringValue>> asked = new ArrayList<>();
    private final List<CallContext> contexts = new ArrayList<>();

    private static ServerOptions options(DedupeOptions dedupe) {
        return ServerOptions.defaults().withName("shop").withId("1").withDedupe(dedupe);
    }

    private void start(DedupeOptions dedupe) {
        start(options(dedupe));
    }

    private Server start(ServerOptions options) {
        Server server = Server.create(options, new ServerParts(transport, Registry.inMemory(timers), timers));
        for (String name : List.of("Shop.Buy", "Shop.Sell")) {
            server.handle(Endpoint.unary(name, StringValue.class, StringValue.class), (request, context) -> {
                Promise<StringValue> answer = Promise.promise();
                asked.add(answer);
                contexts.add(context);
                context.addResponseMetadata("Receipt", "r" + asked.size());
                return answer.future();
            });
        }
        assertThat(server.start().succeeded()).isTrue();
        return server;
    }

    private Future<Message> call(String host, String endpoint, String key, String id, Cancellation caller) {
        return call(host, endpoint, key, Metadata.of("Micro-Id", id), Duration.ofSeconds(5), caller);
    }

    private Future<Message> call(
            String host, String endpoint, String key, Metadata more, Duration timeout, Cancellation caller) {
        Metadata.Builder headers = Metadata.builder(5)
                .add("Micro-Endpoint", endpoint)
                .addAll(more)
                .add("Timeout", Long.toString(timeout.toNanos()));
        if (!key.isEmpty()) {
            headers.add(Headers.IDEMPOTENCY_KEY, key);
        }
        Message message = new Message(headers.build(), Codec.protobuf().encode(StringValue.of("tea")));
        return transport.handler.handle(message, new Peer(host + ":" + (1000 + asked.size()), "here:1"), caller);
    }

    private Future<Message> buy(String key, String id) {
        return call("10.0.0.1", "Shop.Buy", key, id, STAYS);
    }

    private Future<Message> buy(String key, String id, Duration timeout) {
        return call("10.0.0.1", "Shop.Buy", key, Metadata.of("Micro-Id", id), timeout, new Cancellation());
    }

    private Future<Message> callOf(String service, String key, String id) {
        Metadata more = Metadata.of("Micro-Id", id).with(Headers.FROM_SERVICE, service);
        return call("10.0.0.1", "Shop.Buy", key, more, Duration.ofSeconds(5), STAYS);
    }

    private boolean handledAnew(String service, String key) {
        int before = asked.size();
        callOf(service, key, "2");
        return asked.size() > before;
    }

    private static String error(Future<Message> call) {
        assertThat(call.succeeded()).isTrue();
        return call.result().headers().value(Headers.ERROR, "");
    }

    private static String said(Future<Message> call) {
        assertThat(call.succeeded()).isTrue();
        Message answer = call.result();
        return Codec.protobuf().decode(answer.body(), StringValue.class).getValue() + " "
                + answer.headers().value("Micro-Id", "") + " "
                + answer.headers().value("Receipt", "");
    }

    private void answer(int which, String what) {
        asked.get(which).complete(StringValue.of(what));
    }

    @Test
    void sharesTheAnswerOfTheOneThatRunsAndGivesItToThoseThatComeLater() {
        start(MINUTE);
        Future<Message> first = buy("k", "1");
        Future<Message> second = buy("k", "2");
        assertThat(second.isComplete()).isFalse();
        answer(0, "bought");
        assertThat(said(first)).isEqualTo("bought 1 r1");
        assertThat(said(second)).isEqualTo("bought 2 r1");
        assertThat(said(buy("k", "3"))).isEqualTo("bought 3 r1");
        assertThat(asked).hasSize(1);
        timers.advance(Duration.ofMinutes(1));
        buy("k", "4");
        assertThat(asked).as("asked after the window").hasSize(2);
    }

    @Test
    void handlesEachCallWhereItIsOffOrThereIsNoKey() {
        start(DedupeOptions.DEFAULTS);
        buy("k", "1");
        buy("k", "2");
        assertThat(asked).hasSize(2);
        start(MINUTE);
        buy("", "1");
        buy("", "2");
        assertThat(asked).hasSize(4);
    }

    @Test
    void tellsCallersEndpointsAndKeysApart() {
        start(MINUTE);
        buy("k", "1");
        buy("l", "2");
        call("10.0.0.2", "Shop.Buy", "k", "3", STAYS);
        call("10.0.0.1", "Shop.Sell", "k", "4", STAYS);
        assertThat(asked).hasSize(4);
    }

    @Test
    void actsOnceForACallerWhoseConnectionBrokeAndWhoAsksAgain() {
        start(MINUTE);
        Cancellation broken = new Cancellation();
        call("10.0.0.1", "Shop.Buy", "k", "1", broken);
        broken.cancel(MicroException.timeout("test", "caller is gone"));
        assertThat(contexts.get(0).cancellation().isCancelled())
                .as("stopped half way")
                .isFalse();
        Future<Message> again = buy("k", "2");
        answer(0, "bought");
        assertThat(said(again)).isEqualTo("bought 2 r1");
        assertThat(asked).hasSize(1);
    }

    @Test
    void endsTheHandlerWithTheDeadlineOfTheFirst() {
        start(MINUTE);
        Future<Message> call = call("10.0.0.1", "Shop.Buy", "k", "1", new Cancellation());
        timers.advance(Duration.ofSeconds(5));
        assertThat(call.result().headers().value(Headers.ERROR, "")).contains("408");
        assertThat(contexts.get(0).cancellation().isCancelled()).isTrue();
    }

    @Test
    void keepsErrorsButNotThatNobodyTookIt() {
        start(MINUTE);
        Future<Message> first = buy("k", "1");
        asked.get(0).fail(MicroException.conflict("shop", "sold out"));
        assertThat(first.result().headers().value(Headers.ERROR, "")).contains("sold out");
        assertThat(buy("k", "2").result().headers().value(Headers.ERROR, "")).contains("sold out");
        assertThat(asked).hasSize(1);
        buy("l", "3");
        asked.get(1).fail(MicroException.unavailable("shop", "closed").asNotTaken());
        buy("l", "4");
        assertThat(asked).hasSize(3);
    }

    @Test
    void keepsNoMoreThanItMayAndDropsTheOldest() {
        start(MINUTE.withMaxEntries(2));
        for (int i = 0; i < 3; i++) {
            buy("k" + i, "1");
            answer(i, "bought");
        }
        buy("k2", "2");
        buy("k1", "2");
        assertThat(asked).hasSize(3);
        buy("k0", "2");
        assertThat(asked).hasSize(4);
    }

    @Test
    void keepsNoMoreBytesThanItMay() {
        start(MINUTE.withMaxBytes(8_192));
        for (int i = 0; i < 6; i++) {
            buy("k" + i, "1");
            answer(i, "x".repeat(1_000));
        }
        buy("k5", "2");
        assertThat(asked).hasSize(6);
        buy("k0", "2");
        assertThat(asked).as("6 entries of 1,512 bytes and more").hasSize(7);
    }

    @Test
    void countsKeysAndNamesOfCallers() {
        start(MINUTE.withMaxBytes(8_192));
        String filler = "f".repeat(250);
        for (int i = 0; i < 8; i++) {
            callOf(filler, filler + i, "1");
            answer(i, "bought");
        }
        assertThat(handledAnew(filler, filler + 0))
                .as("8 keys and callers of 250 characters")
                .isTrue();
        assertThat(handledAnew(filler, filler + 7)).isFalse();
    }

    @Test
    void countsTheMetadataOfAnswers() {
        start(MINUTE.withMaxBytes(8_192));
        for (int i = 0; i < 6; i++) {
            buy("k" + i, "1");
            contexts.get(i).addResponseMetadata("Note", "n".repeat(600));
            answer(i, "bought");
        }
        assertThat(handledAnew("", "k0")).isTrue();
        assertThat(handledAnew("", "k5")).isFalse();
    }

    @Test
    void countsTheTextsOfErrors() {
        start(MINUTE.withMaxBytes(8_192));
        for (int i = 0; i < 6; i++) {
            buy("k" + i, "1");
            asked.get(i).fail(MicroException.conflict("shop", "e".repeat(600)));
        }
        assertThat(handledAnew("", "k0")).isTrue();
        assertThat(handledAnew("", "k5")).isFalse();
    }

    @Test
    void refusesKeysAndNamesOfCallersThatAreTooLong() {
        start(MINUTE);
        assertThat(error(buy("k".repeat(257), "1"))).contains("400", "Micro-Idempotency-Key: 257 characters", "256");
        assertThat(error(callOf("s".repeat(257), "k", "1"))).contains("400", "Micro-From-Service: 257 characters");
        assertThat(asked).isEmpty();
        buy("k".repeat(256), "1");
        assertThat(asked).hasSize(1);
    }

    @Test
    void saysOfALargeAnswerThatItWasHandledAndKeepsTheOthers() {
        start(MINUTE.withMaxBytes(16_384));
        buy("small", "1");
        answer(0, "bought");
        Future<Message> large = buy("large", "1");
        answer(1, "x".repeat(20_000));
        assertThat(said(large)).as("the answer itself").startsWith("xxx");
        assertThat(error(buy("large", "2"))).contains("409", "was handled before", "server.dedupe.maxBytes");
        assertThat(said(buy("small", "2"))).isEqualTo("bought 2 r1");
        Future<Message> failing = buy("failing", "1");
        asked.get(2).fail(MicroException.conflict("shop", "x".repeat(20_000)));
        assertThat(error(failing)).contains("xxx");
        assertThat(error(buy("failing", "2"))).contains("409", "was handled before");
        assertThat(asked).hasSize(3);
    }

    @Test
    void handlesAgainWhatFailedForNow() {
        start(MINUTE);
        List<Throwable> failures = List.of(
                MicroException.timeout("shop", "gave up"),
                MicroException.unavailable("shop", "database is restarting"),
                MicroException.tooManyRequests("shop", "later"),
                MicroException.conflict("bank", "of a call").withCall(PAY),
                new IllegalStateException("connection pool closed"),
                new StackOverflowError());
        for (int i = 0; i < failures.size(); i++) {
            Future<Message> first = buy("k" + i, "1");
            asked.get(2 * i).fail(failures.get(i));
            assertThat(error(first)).isNotEmpty();
            Future<Message> again = buy("k" + i, "2");
            assertThat(asked).as("asked again after " + failures.get(i)).hasSize(2 * i + 2);
            answer(2 * i + 1, "bought");
            assertThat(said(again)).startsWith("bought 2");
        }
    }

    @Test
    void asksAgainForAPatientCallerWhenTheTimeOfTheFirstIsOver() {
        start(MINUTE);
        Future<Message> first = buy("k", "1", Duration.ofMillis(300));
        Future<Message> patient = buy("k", "2", Duration.ofSeconds(5));
        timers.advance(Duration.ofMillis(300));
        assertThat(error(first)).contains("408");
        assertThat(contexts.get(0).cancellation().isCancelled())
                .as("cancelled while somebody waits")
                .isFalse();
        asked.get(0).fail(MicroException.timeout("bank", "deadline of a call for the first"));
        assertThat(patient.isComplete()).isFalse();
        assertThat(asked).hasSize(2);
        answer(1, "bought");
        assertThat(said(patient)).isEqualTo("bought 2 r2");
        assertThat(said(buy("k", "3"))).isEqualTo("bought 3 r2");
    }

    @Test
    void answersAPatientCallerByTheRunOfAnImpatientOne() {
        start(MINUTE);
        buy("k", "1", Duration.ofMillis(300));
        Future<Message> patient = buy("k", "2", Duration.ofSeconds(5));
        timers.advance(Duration.ofSeconds(1));
        answer(0, "bought");
        assertThat(said(patient)).isEqualTo("bought 2 r1");
        assertThat(asked).hasSize(1);
    }

    @Test
    void endsTheHandlerWithTheDeadlineOfTheMostPatient() {
        start(MINUTE);
        buy("k", "1", Duration.ofMillis(300));
        buy("k", "2", Duration.ofSeconds(2));
        buy("k", "3", Duration.ofSeconds(1));
        timers.advance(Duration.ofMillis(1_999));
        assertThat(contexts.get(0).cancellation().isCancelled()).isFalse();
        timers.advance(Duration.ofMillis(1));
        assertThat(contexts.get(0).cancellation().isCancelled()).isTrue();
        asked.get(0).fail(contexts.get(0).cancellation().cause());
        assertThat(asked).as("nobody waits").hasSize(1);
        buy("k", "4");
        assertThat(asked).as("the next").hasSize(2);
    }

    @Test
    void waitsForAHandlerThatRunsOnAfterItsTimeAndAsksAgainIfItGaveUp() {
        start(MINUTE);
        buy("k", "1", Duration.ofMillis(300));
        timers.advance(Duration.ofMillis(400));
        assertThat(contexts.get(0).cancellation().isCancelled()).isTrue();
        Future<Message> next = buy("k", "2");
        assertThat(asked).hasSize(1);
        asked.get(0).fail(MicroException.internal("shop", "gave up"));
        assertThat(asked).hasSize(2);
        answer(1, "bought");
        assertThat(said(next)).startsWith("bought 2");
    }

    @Test
    void endsTheHandlerOfACallerWhoseConnectionBrokeWhenHisTimeIsOver() {
        start(MINUTE);
        Cancellation broken = new Cancellation();
        call("10.0.0.1", "Shop.Buy", "k", "1", broken);
        broken.cancel(MicroException.timeout("test", "caller is gone"));
        timers.advance(Duration.ofSeconds(5));
        assertThat(contexts.get(0).cancellation().isCancelled()).isTrue();
    }

    @Test
    void givesThoseWhoWaitTogetherTheSameErrorAndAsksOnce() {
        start(MINUTE);
        Future<Message> first = buy("k", "1");
        Future<Message> second = buy("k", "2");
        asked.get(0).fail(MicroException.unavailable("shop", "database is restarting"));
        assertThat(error(first)).contains("restarting");
        assertThat(error(second)).contains("restarting");
        assertThat(asked).hasSize(1);
    }

    @Test
    void isSeenByTheLimitOfCallsThatAdapts() {
        Server server = start(options(MINUTE).withAdaptiveLimit(AdaptiveLimit.ALWAYS));
        int next = 0;
        for (int i = 0; i < 20_000; i++) { // 2,000 a second for 10 s, of which 500 are done
            buy("k" + i, "1", Duration.ofSeconds(1));
            timers.advance(Duration.ofNanos(500_000));
            if (i % 4 == 0 && next < asked.size()) {
                answer(next++, "bought");
            }
        }
        assertThat(server.statistics().shed()).isPositive();
    }
}
