package dev.vertxmicro.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.registry.Registry;
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

    private final ManualTimers timers = Timers.manual();
    private final ScriptedTransport transport = new ScriptedTransport();
    private final List<Promise<StringValue>> asked = new ArrayList<>();
    private final List<CallContext> contexts = new ArrayList<>();

    private void start(DedupeOptions dedupe) {
        ServerOptions options =
                ServerOptions.defaults().withName("shop").withId("1").withDedupe(dedupe);
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
    }

    private Future<Message> call(String host, String endpoint, String key, String id, Cancellation caller) {
        Metadata.Builder headers = Metadata.builder(4)
                .add("Micro-Endpoint", endpoint)
                .add("Micro-Id", id)
                .add("Timeout", Long.toString(Duration.ofSeconds(5).toNanos()));
        if (!key.isEmpty()) {
            headers.add(Headers.IDEMPOTENCY_KEY, key);
        }
        Message message = new Message(headers.build(), Codec.protobuf().encode(StringValue.of("tea")));
        return transport.handler.handle(message, new Peer(host + ":" + (1000 + asked.size()), "here:1"), caller);
    }

    private Future<Message> buy(String key, String id) {
        return call("10.0.0.1", "Shop.Buy", key, id, STAYS);
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
    }

    @Test
    void handlesCallsWithoutAKeyEach() {
        start(MINUTE);
        buy("", "1");
        buy("", "2");
        assertThat(asked).hasSize(2);
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
        start(MINUTE.withMaxBytes(1_024));
        buy("k", "1");
        answer(0, "x".repeat(1_000));
        buy("k", "2");
        assertThat(asked).hasSize(2);
    }
}
