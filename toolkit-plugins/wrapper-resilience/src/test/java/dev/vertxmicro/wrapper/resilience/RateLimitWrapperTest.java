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
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Principal;
import dev.vertxmicro.wrapper.Reading;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RateLimitWrapperTest {
    private static final RateLimitOptions TWO = RateLimitOptions.DEFAULTS.withCalls(2);
    private static final String ADDRESS = "127.0.0.1:9";

    private final Rig rig = new Rig();

    private RateLimitWrapper limit(RateLimitOptions options) {
        return RateLimitWrapper.create(options, "greeter", rig.timers);
    }

    private static CallContext from(String service) {
        return CallContext.create().withMetadata(Headers.FROM_SERVICE, service);
    }

    private Client once() {
        return rig.options(each -> each.withRetries(0)).client();
    }

    @Test
    void refusesWhatIsBeyondAndSaysWhenToComeAgain() {
        rig.serve(ADDRESS, limit(TWO));
        Client client = once();
        assertThat(code(client.call(hello("1")))).isZero();
        assertThat(code(client.call(hello("2")))).isZero();
        Future<StringValue> third = client.call(hello("3"));
        assertThat(code(third)).isEqualTo(429);
        assertThat(error(third).id()).isEqualTo("greeter");
        assertThat(error(third).detail()).isEqualTo("too many calls (limit: 2 in 1s)");
        assertThat(error(third).retryAfter()).contains(Duration.ofSeconds(1));
        assertThat(rig.handled).hasSize(2);
        rig.pass(Duration.ofMillis(500));
        assertThat(code(client.call(hello("4")))).isZero();
        assertThat(code(client.call(hello("5")))).isEqualTo(429);
    }

    @Test
    void aClientOfOursComesAgainThen() {
        rig.serve(ADDRESS, limit(TWO));
        Client client = rig.client();
        client.call(hello("1"));
        client.call(hello("2"));
        Future<StringValue> third = client.call(hello("3"));
        assertThat(third.isComplete()).isFalse();
        rig.pass(Duration.ofSeconds(1));
        assertThat(code(third)).isZero();
    }

    @Test
    void callersHaveLimitsOfTheirOwn() {
        rig.serve(ADDRESS, limit(TWO));
        Client client = once();
        for (String caller : new String[] {"a", "b"}) {
            assertThat(code(client.call(from(caller), hello("x")))).isZero();
            assertThat(code(client.call(from(caller), bye("x")))).isZero();
            assertThat(code(client.call(from(caller), hello("x")))).isEqualTo(429);
        }
    }

    @Test
    void addressesAreNotWhatCallersSay() {
        rig.serve(ADDRESS, limit(TWO.withPer(LimitKey.ADDRESS)));
        Client client = once();
        client.call(from("a"), hello("x"));
        client.call(from("b"), hello("x"));
        assertThat(code(client.call(from("c"), hello("x")))).isEqualTo(429);
    }

    @Test
    void endpointsHaveLimitsOfTheirOwnAndUnknownOnesShareOne() {
        rig.serve(ADDRESS, limit(TWO.withPer(LimitKey.ENDPOINT)));
        Client client = once();
        client.call(hello("x"));
        client.call(hello("x"));
        assertThat(code(client.call(hello("x")))).isEqualTo(429);
        assertThat(code(client.call(bye("x")))).isZero();
        int[] codes = new int[3];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = code(client.call(Request.of(
                    "greeter",
                    Endpoint.unary("Greeter.No" + i, StringValue.class, StringValue.class),
                    StringValue.of("x"))));
        }
        assertThat(codes[2]).isEqualTo(429);
        assertThat(codes[1]).isNotEqualTo(429);
    }

    @Test
    void principalsHaveLimitsOfTheirOwn() {
        RateLimitWrapper limit = limit(TWO.withPer(LimitKey.PRINCIPAL));
        Client client = rig.around(limit).options(each -> each.withRetries(0)).client();
        rig.serve(ADDRESS);
        for (String name : new String[] {"davie", "mary"}) {
            CallContext context =
                    new Principal(name, "jwt", Set.of(), Set.of(), new JsonObject()).in(CallContext.create());
            client.call(context, hello("x"));
            client.call(context, hello("x"));
            assertThat(code(client.call(context, hello("x")))).isEqualTo(429);
        }
    }

    @Test
    void callsMayWait() {
        rig.serve(ADDRESS, limit(TWO.withMaxWait(Duration.ofSeconds(1)).withMaxWaiting(2)));
        Client client = once();
        client.call(hello("1"));
        client.call(hello("2"));
        Future<StringValue> third = client.call(hello("3"));
        Future<StringValue> fourth = client.call(hello("4"));
        assertThat(code(client.call(hello("5")))).as("too many wait").isEqualTo(429);
        assertThat(rig.handled).hasSize(2);
        rig.pass(Duration.ofMillis(500));
        assertThat(code(third)).isZero();
        assertThat(fourth.isComplete()).isFalse();
        rig.pass(Duration.ofMillis(500));
        assertThat(code(fourth)).isZero();
    }

    @Test
    void whoGoesDoesNotWaitOn() {
        rig.serve(ADDRESS, limit(TWO.withMaxWait(Duration.ofSeconds(1)).withMaxWaiting(1)));
        Client client = once();
        client.call(hello("1"));
        client.call(hello("2"));
        Cancellation cancellation = new Cancellation();
        Future<StringValue> third = client.call(CallContext.create().withCancellation(cancellation), hello("3"));
        cancellation.cancel(MicroException.timeout("test", "gone"));
        assertThat(code(third)).isEqualTo(408);
        rig.pass(Duration.ofSeconds(2));
        assertThat(rig.handled).hasSize(2);
    }

    @Test
    void aClientRefusesWhatHasNotLeft() {
        rig.serve(ADDRESS);
        Client client = rig.around(limit(TWO)).client();
        client.call(hello("1"));
        client.call(hello("2"));
        Future<StringValue> third = client.call(hello("3"));
        assertThat(code(third)).isEqualTo(429);
        assertThat(error(third).retryable()).isTrue();
        assertThat(error(third).retryAfter()).contains(Duration.ofMillis(500));
        assertThat(rig.handled).hasSize(2);
    }

    @Test
    void openingAStreamCountsAndItsMessagesDoWhereTheyShall() {
        rig.serve(ADDRESS, limit(TWO.withCalls(3).withPerMessage(true)));
        Client client = once();
        ClientStream<StringValue, StringValue> stream = chat(client);
        for (int i = 0; i < 6; i++) {
            stream.send(StringValue.of("m" + i));
        }
        assertThat(rig.handled)
                .as("the one that is beyond holds back those that follow")
                .hasSize(3);
        rig.pass(Duration.ofMillis(334));
        assertThat(rig.handled).hasSizeLessThan(6);
        rig.pass(Duration.ofSeconds(3));
        assertThat(rig.handled).hasSize(6);
    }

    @Test
    void aStreamBeyondTheLimitIsRefused() {
        rig.serve(ADDRESS, limit(TWO));
        Client client = once();
        chat(client);
        chat(client);
        ClientStream<StringValue, StringValue> third = chat(client);
        assertThat(code(third.ended())).isEqualTo(429);
        assertThat(error(third.ended()).retryAfter()).contains(Duration.ofSeconds(1));
    }

    @Test
    void aClientsStreamHasRoomForAnotherMessageByTheLimit() {
        rig.serve(ADDRESS);
        Client client = rig.around(limit(TWO.withPerMessage(true).withMessageWait(Duration.ofSeconds(1))))
                .client();
        ClientStream<StringValue, StringValue> stream = chat(client);
        assertThat(stream.send(StringValue.of("1")).isComplete()).isTrue();
        Future<Void> second = stream.send(StringValue.of("2"));
        assertThat(second.isComplete()).isFalse();
        stream.send(StringValue.of("3"));
        assertThat(code(stream.send(StringValue.of("4")))).isEqualTo(429);
        assertThat(rig.handled).containsExactly("1", "2", "3");
        rig.pass(Duration.ofMillis(500));
        assertThat(second.isComplete()).isTrue();
    }

    @Test
    void messagesWaitAndAreDeliveredAgainAfterThat() {
        rig.serve(ADDRESS, limit(TWO.withMessageWait(Duration.ofMillis(500))));
        Client client = rig.client();
        for (int i = 0; i < 4; i++) {
            client.publish(Rig.EVENTS, StringValue.of("m" + i));
        }
        assertThat(rig.handled).hasSize(2);
        rig.pass(Duration.ofMillis(500));
        assertThat(rig.handled).hasSize(3);
        rig.pass(Duration.ofMinutes(1));
        assertThat(rig.handled).containsExactlyInAnyOrder("event m0", "event m1", "event m2", "event m3");
    }

    @Test
    void whoPublishesTooMuchIsHeldBack() {
        rig.serve(ADDRESS);
        Client client =
                rig.around(limit(TWO.withMessageWait(Duration.ofMillis(500)))).client();
        client.publish(Rig.EVENTS, StringValue.of("1"));
        client.publish(Rig.EVENTS, StringValue.of("2"));
        Future<Void> third = client.publish(Rig.EVENTS, StringValue.of("3"));
        assertThat(third.isComplete()).isFalse();
        assertThat(code(client.publish(Rig.EVENTS, StringValue.of("4")))).isEqualTo(429);
        rig.pass(Duration.ofMillis(500));
        assertThat(code(third)).isZero();
    }

    @Test
    void namesThatCallersMakeUpTakeNoMemoryWithoutBound() {
        rig.serve(ADDRESS, limit(TWO.withMaxKeys(10)));
        Client client = once();
        int refused = 0;
        for (int i = 0; i < 100; i++) {
            refused += code(client.call(from("caller-" + i), hello("x"))) == 429 ? 1 : 0;
        }
        assertThat(refused).as("those that share the one beyond the ten").isEqualTo(88);
    }

    @Test
    void tellsHowItStands() {
        RateLimitWrapper limit = limit(TWO);
        rig.serve(ADDRESS, limit);
        Client client = once();
        client.call(hello("1"));
        client.call(hello("2"));
        client.call(hello("3"));
        assertThat(limit.readings())
                .contains(
                        new Reading("ratelimit.refused", Map.of("side", "server"), 1),
                        new Reading("ratelimit.refused", Map.of("side", "client"), 0),
                        new Reading("ratelimit.waiting", Map.of("side", "server"), 0));
    }

    @Test
    void whatAServerSendsOnAStreamCountsToo() {
        rig.serve(ADDRESS, limit(TWO.withPerMessage(true).withMessageWait(Duration.ofSeconds(1))));
        ClientStream<StringValue, StringValue> stream = chat(rig.client());
        List<String> heard = new ArrayList<>();
        stream.onMessage(message -> heard.add(message.getValue()));
        assertThat(rig.streams.get(0).send(StringValue.of("1")).isComplete()).isTrue();
        Future<Void> second = rig.streams.get(0).send(StringValue.of("2"));
        assertThat(second.isComplete()).isFalse();
        rig.streams.get(0).send(StringValue.of("3"));
        assertThat(code(rig.streams.get(0).send(StringValue.of("4")))).isEqualTo(429);
        assertThat(heard).containsExactly("1", "2", "3");
        rig.pass(Duration.ofMillis(500));
        assertThat(second.isComplete()).isTrue();
    }

    @Test
    void aClientReadsAStreamNoFasterThanTheLimit() {
        rig.serve(ADDRESS);
        Client client = rig.around(limit(TWO.withCalls(3).withPerMessage(true))).client();
        List<String> heard = new ArrayList<>();
        ClientStream<StringValue, StringValue> stream =
                chat(client).onMessage(message -> heard.add(message.getValue()));
        for (int i = 0; i < 6; i++) {
            rig.streams.get(0).send(StringValue.of("m" + i));
        }
        assertThat(heard).hasSize(3);
        stream.pause();
        rig.pass(Duration.ofSeconds(3));
        assertThat(heard).as("paused by who reads").hasSize(3);
        stream.resume();
        rig.pass(Duration.ofSeconds(3));
        assertThat(heard).hasSize(6);
    }
}
