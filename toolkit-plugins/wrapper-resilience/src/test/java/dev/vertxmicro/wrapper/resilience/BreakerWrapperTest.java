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
import dev.vertxmicro.server.ServerInterceptor;
import dev.vertxmicro.wrapper.Reading;
import dev.vertxmicro.wrapper.resilience.BreakerOptions.Per;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BreakerWrapperTest {
    private static final BreakerOptions QUICK =
            BreakerOptions.DEFAULTS.withWindowCalls(4).withMinCalls(4).withTrialCalls(2);
    private static final String ADDRESS = "127.0.0.1:9";

    private final Rig rig = new Rig();

    private BreakerWrapper breaker(BreakerOptions options) {
        return BreakerWrapper.create(options, "greeter", rig.timers);
    }

    private static void call(Client client, int times) {
        for (int i = 0; i < times; i++) {
            client.call(hello("x"));
        }
    }

    private static String state(BreakerWrapper breaker, String name) {
        return breaker.breakers().stream()
                .filter(each -> each.name().equals(name))
                .map(BreakerStatus::state)
                .findFirst()
                .orElse("none");
    }

    @Test
    void opensByFailuresAndClosesByTrialsThatSucceed() {
        BreakerWrapper breaker = breaker(QUICK);
        rig.serve(ADDRESS);
        Client client = rig.around(breaker).failing(500).client();
        call(client, 4);
        assertThat(rig.handled).hasSize(4);
        Future<StringValue> refused = client.call(hello("x"));
        assertThat(code(refused)).isEqualTo(503);
        assertThat(error(refused).id()).isEqualTo("greeter");
        assertThat(error(refused).detail()).isEqualTo("circuit breaker of greeter Greeter.Hello is open");
        assertThat(rig.handled).as("calls that left").hasSize(4);
        rig.pass(QUICK.openTime().plusMillis(1));
        rig.answer = text -> Future.succeededFuture(StringValue.of("well"));
        assertThat(code(client.call(hello("x")))).isZero();
        assertThat(state(breaker, "greeter Greeter.Hello")).isEqualTo("half open");
        assertThat(code(client.call(hello("x")))).isZero();
        assertThat(state(breaker, "greeter Greeter.Hello")).isEqualTo("closed");
    }

    @Test
    void countsWhatIsTheOtherSidesFaultOnly() {
        rig.serve(ADDRESS);
        Client client = rig.around(breaker(QUICK)).failing(404).client();
        call(client, 10);
        assertThat(rig.handled).as("4xx").hasSize(10);
        rig.failing(408);
        call(client, 10);
        assertThat(rig.handled).as("408").hasSizeLessThan(15);
    }

    @Test
    void doesNotCountCallersThatGo() {
        BreakerWrapper breaker = breaker(QUICK);
        rig.serve(ADDRESS);
        Client client = rig.around(breaker).waiting().client();
        for (int i = 0; i < 10; i++) {
            Cancellation cancellation = new Cancellation();
            client.call(CallContext.create().withCancellation(cancellation), hello("x"));
            cancellation.cancel(MicroException.timeout("test", "gone"));
        }
        assertThat(rig.handled).hasSize(10);
        assertThat(breaker.breakers().get(0).calls()).isZero();
    }

    @Test
    void opensBySlowCallsOfEitherSide() {
        BreakerWrapper breaker =
                breaker(QUICK.withSlowCall(Duration.ofSeconds(1)).withSlowCallRate(50));
        rig.serve(ADDRESS, breaker);
        Client client = rig.around(breaker).waiting().client();
        call(client, 4);
        rig.pass(Duration.ofSeconds(2));
        rig.pending.forEach(each -> each.complete(StringValue.of("late")));
        assertThat(state(breaker, "greeter Greeter.Hello")).isEqualTo("open");
        assertThat(state(breaker, "server Greeter.Hello")).isEqualTo("open");
    }

    @Test
    void whatAHandlerDoesAtOnceTakesTimeToo() {
        BreakerWrapper breaker = breaker(QUICK.withSlowCall(Duration.ofSeconds(1)));
        rig.serve(ADDRESS, breaker);
        Client client = rig.client();
        rig.answer = text -> {
            rig.pass(Duration.ofSeconds(2));
            return Future.succeededFuture(StringValue.of("slow"));
        };
        call(client, 4);
        assertThat(state(breaker, "server Greeter.Hello")).isEqualTo("open");
    }

    @Test
    void aHandlerThatThrowsCounts() {
        BreakerWrapper breaker = breaker(QUICK);
        ServerInterceptor guard = breaker.server().orElseThrow();
        for (int i = 0; i < 4; i++) {
            guard.intercept(Rig.HELLO, StringValue.of("x"), CallContext.create(), (request, context) -> {
                throw new IllegalStateException("ill");
            });
        }
        assertThat(state(breaker, "server Greeter.Hello")).isEqualTo("open");
    }

    @Test
    void forgetsOldCallsOfATimeWindow() {
        BreakerWrapper breaker = breaker(QUICK.withWindowTime(Duration.ofSeconds(10)));
        rig.serve(ADDRESS);
        Client client = rig.around(breaker).failing(500).client();
        call(client, 3);
        rig.pass(Duration.ofSeconds(11));
        call(client, 3);
        assertThat(state(breaker, "greeter Greeter.Hello")).isEqualTo("closed");
        call(client, 1);
        assertThat(state(breaker, "greeter Greeter.Hello")).isEqualTo("open");
    }

    @Test
    void guardsEndpointsEachForItselfOrAServiceAsAWhole() {
        rig.serve(ADDRESS);
        Client each = rig.around(breaker(QUICK)).failing(500).client();
        call(each, 4);
        each.call(bye("x"));
        assertThat(rig.handled).hasSize(5);
        Client whole = rig.around(breaker(QUICK.withPer(Per.SERVICE))).client();
        call(whole, 4);
        Future<StringValue> refused = whole.call(bye("x"));
        assertThat(code(refused)).isEqualTo(503);
        assertThat(error(refused).detail()).isEqualTo("circuit breaker of greeter is open");
        assertThat(rig.handled).hasSize(9);
    }

    @Test
    void perNodeOthersAreCalled() {
        BreakerWrapper breaker = breaker(QUICK.withPer(Per.NODE));
        rig.serve("127.0.0.1:9");
        rig.serve("127.0.0.1:10");
        Client client = rig.around(breaker).client();
        rig.answer = text -> rig.handled.get(rig.handled.size() - 1).startsWith("127.0.0.1:9 ")
                ? Future.failedFuture(MicroException.internal("greeter", "ill"))
                : Future.succeededFuture(StringValue.of("well"));
        call(client, 100);
        assertThat(state(breaker, "greeter 127.0.0.1:9")).isEqualTo("open");
        assertThat(state(breaker, "greeter 127.0.0.1:10")).isEqualTo("closed");
        rig.handled.clear();
        for (int i = 0; i < 50; i++) {
            assertThat(code(client.call(hello("x")))).isZero();
        }
        assertThat(rig.handled).hasSize(50).allMatch(line -> line.startsWith("127.0.0.1:10"));
    }

    @Test
    void aStreamIsOneCallWhoseEndCounts() {
        BreakerWrapper breaker = breaker(QUICK);
        rig.serve(ADDRESS);
        Client client = rig.around(breaker).client();
        for (int i = 0; i < 4; i++) {
            ClientStream<StringValue, StringValue> stream = chat(client);
            assertThat(breaker.breakers().get(0).calls()).isEqualTo(i);
            rig.ends.get(i).fail(MicroException.internal("greeter", "ill"));
            assertThat(stream.ended().failed()).isTrue();
        }
        assertThat(state(breaker, "greeter Greeter.Chat")).isEqualTo("open");
        assertThat(code(client.stream(CallContext.create(), Request.of("greeter", Rig.CHAT, StringValue.of("")))))
                .isEqualTo(503);
    }

    @Test
    void aStreamThatIsGivenUpDoesNotCount() {
        BreakerWrapper breaker = breaker(QUICK);
        rig.serve(ADDRESS);
        Client client = rig.around(breaker).client();
        for (int i = 0; i < 6; i++) {
            chat(client).cancel(MicroException.internal("test", "enough"));
        }
        assertThat(breaker.breakers().get(0).calls()).isZero();
    }

    @Test
    void aFallbackAnswersWhatFailsAndWhatIsRefused() {
        rig.serve(ADDRESS);
        BreakerWrapper breaker = breaker(QUICK)
                .withFallback(
                        (request, failure) -> Future.succeededFuture(StringValue.of("instead of " + failure.code())));
        Client client = rig.around(breaker).failing(500).client();
        for (int i = 0; i < 4; i++) {
            assertThat(client.call(hello("x")).result().getValue()).isEqualTo("instead of 500");
        }
        assertThat(client.call(hello("x")).result().getValue()).isEqualTo("instead of 503");
        rig.failing(404);
        assertThat(code(client.call(bye("x")))).isEqualTo(404);
    }

    @Test
    void aFallbackOfAnotherTypeOrNoneFailsTheCall() {
        rig.serve(ADDRESS);
        Client odd = rig.around(breaker(QUICK).withFallback((request, failure) -> Future.succeededFuture("text")))
                .failing(500)
                .client();
        assertThat(code(odd.call(hello("x")))).isEqualTo(500);
        Client thrown = rig.around(breaker(QUICK).withFallback((request, failure) -> {
                    throw failure;
                }))
                .client();
        assertThat(code(thrown.call(hello("x")))).isEqualTo(500);
    }

    @Test
    void aServerRefusesWhatAnotherNodeMayTake() {
        BreakerWrapper breaker = breaker(QUICK);
        rig.serve("127.0.0.1:9", breaker);
        Client client = rig.failing(500).client();
        call(client, 4);
        assertThat(state(breaker, "server Greeter.Hello")).isEqualTo("open");
        rig.answer = text -> Future.succeededFuture(StringValue.of("well"));
        rig.serve("127.0.0.1:10");
        rig.pass(Duration.ofMillis(10));
        rig.handled.clear();
        for (int i = 0; i < 20; i++) {
            assertThat(code(client.call(hello("x")))).isZero();
        }
        assertThat(rig.handled).hasSize(20).allMatch(line -> line.startsWith("127.0.0.1:10"));
    }

    @Test
    void aHandlerThatNeverCompletesCountsWhenItsTimeIsUpAndItWasSlow() {
        BreakerWrapper breaker = breaker(QUICK.withSlowCall(Duration.ofSeconds(5)));
        rig.serve(ADDRESS, breaker);
        Client client = rig.waiting().options(each -> each.withRetries(0)).client();
        call(client, 4);
        rig.pass(Duration.ofSeconds(6));
        assertThat(state(breaker, "server Greeter.Hello")).isEqualTo("open");
    }

    @Test
    void aCallerThatGivesNoTimeOpensNoCircuitOfTheServer() {
        BreakerWrapper breaker = breaker(QUICK);
        rig.serve(ADDRESS, breaker);
        Client client = rig.waiting().client();
        for (int i = 0; i < 20; i++) {
            client.call(CallContext.create().withDeadline(Duration.ofMillis(1), rig.timers), hello("x"));
            rig.pass(Duration.ofSeconds(1));
        }
        assertThat(rig.contexts).hasSize(20).allMatch(context -> context.cancellation()
                .isCancelled());
        assertThat(state(breaker, "server Greeter.Hello")).isEqualTo("closed");
        assertThat(breaker.breakers().get(0).calls()).isZero();
    }

    @Test
    void unknownEndpointsHaveNoCircuits() {
        BreakerWrapper breaker = breaker(QUICK);
        rig.serve(ADDRESS, breaker);
        Client client = rig.client();
        for (int i = 0; i < 100; i++) {
            client.call(Request.of(
                    "greeter",
                    Endpoint.unary("Greeter.No" + i, StringValue.class, StringValue.class),
                    StringValue.of("x")));
        }
        assertThat(breaker.breakers()).hasSize(1);
    }

    @Test
    void guardsWhatIsPublishedAndSubscribersToo() {
        BreakerWrapper breaker = breaker(QUICK);
        rig.serve(ADDRESS, breaker);
        Client client = rig.around(breaker).failing(500).client();
        for (int i = 0; i < 4; i++) {
            client.publish(Rig.EVENTS, StringValue.of("x"));
            rig.pass(Duration.ofMinutes(1));
        }
        assertThat(state(breaker, "messages events")).isEqualTo("closed");
        assertThat(state(breaker, "subscriber events")).isNotEqualTo("none");
        assertThat(breaker.breakers().stream()
                        .filter(each -> each.name().equals("subscriber events"))
                        .findFirst()
                        .map(BreakerStatus::refused))
                .hasValueSatisfying(refused -> assertThat(refused).isPositive());
    }

    @Test
    void tellsHowItStands() {
        BreakerWrapper breaker = breaker(QUICK);
        rig.serve(ADDRESS);
        Client client = rig.around(breaker).failing(500).client();
        call(client, 5);
        Map<String, String> name = Map.of("name", "greeter Greeter.Hello");
        assertThat(breaker.readings())
                .contains(
                        new Reading("breaker.open", name, 1),
                        new Reading("breaker.refused", name, 1),
                        new Reading("breaker.failure_percent", name, 100));
    }

    @Test
    void circuitsOfWhatIsGoneMakePlaceForOthers() {
        BreakerWrapper breaker = breaker(QUICK.withMaxCircuits(1));
        rig.serve(ADDRESS);
        Client client = rig.around(breaker).failing(500).client();
        call(client, 4);
        client.call(bye("x"));
        assertThat(state(breaker, "greeter Greeter.Hello")).isEqualTo("open");
        assertThat(state(breaker, "greeter Greeter.Bye")).isEqualTo("none");
        rig.pass(Duration.ofMinutes(11));
        client.call(bye("x"));
        assertThat(state(breaker, "greeter Greeter.Hello")).isEqualTo("none");
        assertThat(state(breaker, "greeter Greeter.Bye")).isEqualTo("closed");
    }
}
