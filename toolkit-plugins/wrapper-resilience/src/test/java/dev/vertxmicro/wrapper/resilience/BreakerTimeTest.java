package dev.vertxmicro.wrapper.resilience;

import static dev.vertxmicro.wrapper.resilience.Rig.bye;
import static dev.vertxmicro.wrapper.resilience.Rig.code;
import static dev.vertxmicro.wrapper.resilience.Rig.hello;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.client.AttemptInterceptor;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.wrapper.Wrapper;
import dev.vertxmicro.wrapper.resilience.BreakerOptions.Per;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What hangs ends by a deadline, whoever set it. */
class BreakerTimeTest {
    private static final BreakerOptions QUICK =
            BreakerOptions.DEFAULTS.withWindowCalls(4).withMinCalls(4).withTrialCalls(2);
    private static final String ADDRESS = "127.0.0.1:9";

    private final Rig rig = new Rig();

    private BreakerWrapper breaker(BreakerOptions options) {
        return BreakerWrapper.create(options, "greeter", rig.timers);
    }

    private static BreakerStatus status(BreakerWrapper breaker, String name) {
        return breaker.breakers().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private CallContext within(Duration left) {
        return CallContext.create().withDeadline(left, rig.timers);
    }

    @Test
    void aNodeThatHangsOpensItsCircuitByTheTimeOfTheClient() {
        BreakerWrapper breaker = breaker(QUICK.withPer(Per.NODE));
        rig.serve(ADDRESS);
        Client client = rig.around(breaker)
                .waiting()
                .options(each -> each.withRequestTimeout(Duration.ofSeconds(1)))
                .client();
        for (int i = 0; i < 4; i++) {
            Future<StringValue> call = client.call(hello("x"));
            rig.pass(Duration.ofSeconds(1));
            assertThat(code(call)).isEqualTo(408);
        }
        assertThat(status(breaker, "greeter " + ADDRESS).state()).isEqualTo("open");
    }

    @Test
    void aNodeThatIsSilentOnStreamsOpensItsCircuitByTheirDeadline() {
        BreakerWrapper breaker = breaker(QUICK.withPer(Per.NODE));
        rig.serve(ADDRESS);
        Client client = rig.around(breaker).client();
        for (int i = 0; i < 4; i++) {
            assertThat(chat(client, Duration.ofSeconds(1)).ended().failed()).isFalse();
            rig.pass(Duration.ofSeconds(1));
        }
        assertThat(status(breaker, "greeter " + ADDRESS).state()).isEqualTo("open");
    }

    @Test
    void aStreamThatSaidSomethingHasNotFailedByItsDeadline() {
        BreakerWrapper ofNode = breaker(QUICK.withPer(Per.NODE));
        BreakerWrapper both = breaker(QUICK);
        rig.serve(ADDRESS, both);
        Client client = rig.around(both, ofNode).client();
        for (int i = 0; i < 6; i++) {
            ClientStream<StringValue, StringValue> stream = chat(client, Duration.ofSeconds(1));
            rig.streams.get(i).send(StringValue.of("I live"));
            rig.pass(Duration.ofSeconds(1));
            assertThat(code(stream.ended())).isEqualTo(408);
        }
        assertThat(both.breakers()).hasSize(3).allMatch(each -> each.calls() == 0);
        assertThat(ofNode.breakers()).hasSize(2).allMatch(each -> each.calls() == 0);
    }

    private ClientStream<StringValue, StringValue> chat(Client client, Duration left) {
        ClientStream<StringValue, StringValue> stream = client.stream(
                        within(left), Request.of("greeter", Rig.CHAT, StringValue.of("")))
                .result();
        return stream.onMessage(message -> {}).resume();
    }

    @Test
    void aHandlerThatHangsOpensItsCircuitByShortDeadlinesToo() {
        BreakerWrapper breaker = breaker(QUICK);
        rig.serve(ADDRESS, breaker);
        Client client = rig.waiting().client();
        for (int i = 0; i < 4; i++) {
            client.call(within(Duration.ofMillis(200)), hello("x"));
            rig.pass(Duration.ofMillis(300));
        }
        assertThat(status(breaker, "server Greeter.Hello").state()).isEqualTo("open");
    }

    @Test
    void aStreamWhoseHandlerHangsOpensItsCircuitByShortDeadlinesToo() {
        BreakerWrapper breaker = breaker(QUICK);
        rig.serve(ADDRESS, breaker);
        Client client = rig.client();
        for (int i = 0; i < 4; i++) {
            chat(client, Duration.ofMillis(200));
            rig.pass(Duration.ofMillis(300));
        }
        assertThat(status(breaker, "server Greeter.Chat").state()).isEqualTo("open");
    }

    @Test
    void aCallerWhoGivesLessThanCallsTakeOpensNoCircuit() {
        BreakerWrapper breaker = breaker(QUICK);
        rig.serve(ADDRESS, breaker);
        Client client = rig.waiting().client();
        client.call(hello("x"));
        rig.pass(Duration.ofMillis(500));
        rig.pending.get(0).complete(StringValue.of("takes its time"));
        for (int i = 0; i < 4; i++) {
            client.call(within(Duration.ofMillis(300)), hello("x"));
            rig.pass(Duration.ofSeconds(1));
        }
        assertThat(status(breaker, "server Greeter.Hello").calls()).isEqualTo(1);
        for (int i = 0; i < 60; i++) {
            client.call(within(Duration.ofMillis(300)), hello("x"));
            rig.pass(Duration.ofSeconds(1));
        }
        assertThat(status(breaker, "server Greeter.Hello").state())
                .as("it takes nothing any more")
                .isEqualTo("open");
    }

    @Test
    void aSubscriberThatHangsOpensItsCircuitWhenItsTimeIsUp() {
        BreakerWrapper breaker = breaker(QUICK.withOpenTime(Duration.ofHours(1)));
        rig.serve(ADDRESS, breaker);
        Client client = rig.waiting().client();
        for (int i = 0; i < 4; i++) {
            client.publish(Rig.EVENTS, StringValue.of("x"));
            rig.pass(Duration.ofSeconds(31));
        }
        assertThat(status(breaker, "subscriber events").state()).isEqualTo("open");
    }

    @Test
    void whatTheClientItselfRefusesIsNoFaultOfTheService() {
        BreakerWrapper breaker = breaker(QUICK);
        rig.serve(ADDRESS);
        BulkheadWrapper inner =
                BulkheadWrapper.create(BulkheadOptions.DEFAULTS.withMaxConcurrent(1), "greeter", rig.timers);
        Client client = rig.around(breaker, inner).waiting().client();
        client.call(hello("1"));
        client.call(bye("1"));
        for (int i = 0; i < 8; i++) {
            assertThat(code(client.call(hello("x")))).isEqualTo(503);
        }
        assertThat(status(breaker, "greeter Greeter.Hello").state()).isEqualTo("closed");
    }

    @Test
    void aTransportThatIgnoresTheEndCountsNevertheless() {
        BreakerWrapper breaker = breaker(QUICK.withPer(Per.NODE));
        rig.serve(ADDRESS);
        Client client = rig.around(breaker, Deaf.WRAPPER).client();
        for (int i = 0; i < 4; i++) {
            client.call(within(Duration.ofMillis(200)), hello("x"));
            rig.pass(Duration.ofMillis(300));
        }
        assertThat(status(breaker, "greeter " + ADDRESS).state()).isEqualTo("open");
    }

    /** Never answers, whatever it is told. */
    private static final class Deaf {
        static final Wrapper WRAPPER = new Wrapper() {
            @Override
            public Optional<AttemptInterceptor> attempt() {
                return java.util.Optional.of(new AttemptInterceptor() {
                    @Override
                    public <T> Future<T> intercept(
                            NodeAttempt attempt, CallContext context, Function<CallContext, Future<T>> next) {
                        return Promise.<T>promise().future();
                    }
                });
            }
        };
    }
}
