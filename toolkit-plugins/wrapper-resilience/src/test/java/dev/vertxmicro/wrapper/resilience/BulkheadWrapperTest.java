package dev.vertxmicro.wrapper.resilience;

import static dev.vertxmicro.wrapper.resilience.Rig.bye;
import static dev.vertxmicro.wrapper.resilience.Rig.chat;
import static dev.vertxmicro.wrapper.resilience.Rig.code;
import static dev.vertxmicro.wrapper.resilience.Rig.error;
import static dev.vertxmicro.wrapper.resilience.Rig.hello;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.wrapper.Reading;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BulkheadWrapperTest {
    private static final BulkheadOptions ONE =
            BulkheadOptions.DEFAULTS.withMaxConcurrent(1).withMaxWaiting(1);
    private static final String ADDRESS = "127.0.0.1:9";

    private final Rig rig = new Rig();

    private BulkheadWrapper bulkhead(BulkheadOptions options) {
        return BulkheadWrapper.create(options, "greeter", rig.timers);
    }

    private Client once() {
        return rig.options(each -> each.withRetries(0)).client();
    }

    @Test
    void refusesWhatFindsNoPlaceAndEndpointsHaveTheirOwn() {
        rig.serve(ADDRESS, bulkhead(ONE));
        Client client = once();
        rig.waiting();
        client.call(hello("1"));
        Future<StringValue> second = client.call(hello("2"));
        assertThat(code(second)).isEqualTo(503);
        assertThat(error(second).detail()).isEqualTo("too many calls run (limit: 1)");
        assertThat(client.call(bye("3")).isComplete()).isFalse();
        assertThat(rig.pending).hasSize(2);
        rig.pending.get(0).complete(StringValue.of("done"));
        assertThat(client.call(hello("4")).isComplete()).isFalse();
        assertThat(rig.pending).hasSize(3);
    }

    @Test
    void allOfAServiceMaySharePlaces() {
        rig.serve(ADDRESS, bulkhead(ONE.withPerEndpoint(false)));
        Client client = once();
        rig.waiting();
        client.call(hello("1"));
        assertThat(code(client.call(bye("2")))).isEqualTo(503);
    }

    @Test
    void someWaitInTurnAndNotForEver() {
        rig.serve(ADDRESS, bulkhead(ONE.withMaxWait(Duration.ofSeconds(1)).withMaxWaiting(2)));
        Client client = once();
        rig.waiting();
        client.call(hello("1"));
        Future<StringValue> second = client.call(hello("2"));
        Future<StringValue> third = client.call(hello("3"));
        assertThat(code(client.call(hello("4")))).as("too many wait").isEqualTo(503);
        rig.pass(Duration.ofMillis(500));
        rig.pending.get(0).complete(StringValue.of("one"));
        assertThat(rig.handled).containsExactly(ADDRESS + " 1", ADDRESS + " 2");
        rig.pass(Duration.ofMillis(500));
        assertThat(code(third)).as("waited a second").isEqualTo(503);
        rig.pending.get(1).complete(StringValue.of("two"));
        assertThat(code(second)).isZero();
    }

    @Test
    void whoGoesGivesThePlaceInTheQueueBack() {
        rig.serve(ADDRESS, bulkhead(ONE.withMaxWait(Duration.ofSeconds(1))));
        Client client = once();
        rig.waiting();
        client.call(hello("1"));
        Cancellation cancellation = new Cancellation();
        client.call(CallContext.create().withCancellation(cancellation), hello("2"));
        cancellation.cancel(MicroException.timeout("test", "gone"));
        Future<StringValue> third = client.call(hello("3"));
        rig.pending.get(0).complete(StringValue.of("one"));
        rig.pending.get(1).complete(StringValue.of("three"));
        assertThat(third.result().getValue()).isEqualTo("three");
    }

    @Test
    void aHandlerThatNeverCompletesGivesItsPlaceBackWhenNobodyWaits() {
        rig.serve(ADDRESS, bulkhead(ONE));
        Client client = once();
        rig.waiting();
        client.call(hello("1"));
        rig.pass(Duration.ofSeconds(6));
        rig.answer = text -> Future.succeededFuture(StringValue.of("well"));
        assertThat(code(client.call(hello("2")))).isZero();
    }

    @Test
    void aHandlerThatThrowsGivesItsPlaceBack() {
        rig.serve(ADDRESS, bulkhead(ONE));
        Client client = once();
        rig.answer = text -> {
            throw new IllegalStateException("no");
        };
        for (int i = 0; i < 3; i++) {
            assertThat(code(client.call(hello("x")))).isEqualTo(500);
        }
    }

    @Test
    void aClientHasPlacesToo() {
        rig.serve(ADDRESS);
        Client client = rig.around(bulkhead(ONE)).client();
        rig.waiting();
        client.call(hello("1"));
        Future<StringValue> second = client.call(hello("2"));
        assertThat(code(second)).isEqualTo(503);
        assertThat(error(second).retryable()).isTrue();
        assertThat(rig.handled).hasSize(1);
    }

    @Test
    void aStreamHasItsPlaceUntilItsEnd() {
        BulkheadWrapper both = bulkhead(ONE);
        rig.serve(ADDRESS, both);
        Client client = rig.around(both).options(each -> each.withRetries(0)).client();
        ClientStream<StringValue, StringValue> first = chat(client);
        assertThat(code(client.stream(CallContext.create(), Request.of("greeter", Rig.CHAT, StringValue.of("")))))
                .isEqualTo(503);
        first.cancel(MicroException.internal("test", "enough"));
        ClientStream<StringValue, StringValue> second = chat(client);
        assertThat(second.ended().isComplete()).isFalse();
        rig.ends.get(1).complete();
        assertThat(code(second.ended())).isZero();
        assertThat(chat(client).ended().isComplete()).isFalse();
    }

    @Test
    void messagesWaitForAPlace() {
        rig.serve(ADDRESS, bulkhead(ONE));
        Client client = rig.client();
        rig.waiting();
        client.publish(Rig.EVENTS, StringValue.of("1"));
        client.publish(Rig.EVENTS, StringValue.of("2"));
        assertThat(rig.pending).hasSize(1);
        rig.pending.get(0).complete(StringValue.of("done"));
        assertThat(rig.pending).hasSize(2);
    }

    @Test
    void tellsHowItStands() {
        BulkheadWrapper places = bulkhead(ONE.withMaxWait(Duration.ofSeconds(1)));
        rig.serve(ADDRESS, places);
        Client client = once();
        rig.waiting();
        client.call(hello("1"));
        client.call(hello("2"));
        client.call(hello("3"));
        Map<String, String> name = Map.of("name", "server Greeter.Hello");
        assertThat(places.readings())
                .containsExactly(
                        new Reading("bulkhead.running", name, 1),
                        new Reading("bulkhead.waiting", name, 1),
                        new Reading("bulkhead.refused", name, 1));
    }

    @Test
    void aLongQueueOfWhatIsDoneAtOnceIsNoDeepOne() {
        rig.serve(
                ADDRESS,
                bulkhead(BulkheadOptions.DEFAULTS
                        .withMaxConcurrent(1)
                        .withMaxWaiting(10_000)
                        .withMaxWait(Duration.ofSeconds(1))));
        rig.waiting();
        Client client = once();
        client.call(hello("1"));
        rig.answer = text -> Future.succeededFuture(StringValue.of("well"));
        Future<StringValue> last = client.call(hello("2"));
        for (int i = 0; i < 5_000; i++) {
            last = client.call(hello("x"));
        }
        rig.pending.get(0).complete(StringValue.of("one"));
        assertThat(code(last)).isZero();
    }
}
