package dev.vertxmicro.wrapper.resilience;

import static dev.vertxmicro.wrapper.resilience.Rig.chat;
import static dev.vertxmicro.wrapper.resilience.Rig.code;
import static dev.vertxmicro.wrapper.resilience.Rig.hello;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientInterceptor;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.server.EventHandler;
import dev.vertxmicro.server.ServerInterceptor;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** While a circuit is half open, some calls are let out to try. */
class BreakerTrialsTest {
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
    void staysOpenWhereTrialsFailAndLetsNoMoreThanThoseOut() {
        BreakerWrapper breaker = breaker(QUICK);
        rig.serve(ADDRESS);
        Client client = rig.around(breaker).failing(500).client();
        call(client, 4);
        rig.pass(QUICK.openTime().plusMillis(1));
        rig.waiting();
        call(client, 5);
        assertThat(rig.pending).as("trials").hasSize(2);
        rig.pending.forEach(each -> each.fail(MicroException.internal("greeter", "still")));
        assertThat(state(breaker, "greeter Greeter.Hello")).isEqualTo("open");
        assertThat(code(client.call(hello("x")))).isEqualTo(503);
    }

    @Test
    void trialsThatNeverEndMakePlaceForOthers() {
        BreakerWrapper breaker = breaker(QUICK.withTrialCalls(5));
        rig.serve(ADDRESS);
        Client client = rig.around(breaker)
                .failing(500)
                .options(each -> each.withRequestTimeout(Duration.ofHours(1)))
                .client();
        call(client, 4);
        rig.pass(QUICK.openTime().plusMillis(1));
        rig.waiting();
        call(client, 6);
        assertThat(rig.pending).as("trials").hasSize(5);
        rig.pass(QUICK.openTime());
        call(client, 6);
        assertThat(rig.pending).as("trials, and others").hasSize(10);
        rig.pending.subList(0, 5).forEach(each -> each.complete(StringValue.of("late")));
        assertThat(state(breaker, "greeter Greeter.Hello"))
                .as("late ends count")
                .isEqualTo("closed");
    }

    @Test
    void trialsOfMessagesThatNeverEndMakePlaceForOthers() {
        BreakerWrapper breaker = breaker(QUICK);
        ServerInterceptor guard = breaker.server().orElseThrow();
        CallContext context = CallContext.create();
        for (int i = 0; i < 4; i++) {
            guard.interceptMessage(
                    Rig.EVENTS,
                    StringValue.of("x"),
                    context,
                    (message, given) -> Future.failedFuture(MicroException.internal("greeter", "ill")));
        }
        rig.pass(QUICK.openTime().plusMillis(1));
        AtomicInteger handled = new AtomicInteger();
        EventHandler<StringValue> hangs = (message, given) -> {
            handled.incrementAndGet();
            return Promise.<Void>promise().future();
        };
        for (int i = 0; i < 3; i++) {
            guard.interceptMessage(Rig.EVENTS, StringValue.of("x"), context, hangs);
        }
        assertThat(handled).hasValue(2);
        rig.pass(QUICK.openTime());
        guard.interceptMessage(Rig.EVENTS, StringValue.of("x"), context, hangs);
        assertThat(handled).hasValue(3);
    }

    @Test
    void aTrialOfAStreamWithoutEndIsOverByItsFirstMessageOrSomeTime() {
        BreakerWrapper breaker = breaker(QUICK);
        rig.serve(ADDRESS);
        Client client = rig.around(breaker).client();
        for (int i = 0; i < 4; i++) {
            chat(client);
            rig.ends.get(i).fail(MicroException.internal("greeter", "ill"));
        }
        rig.pass(QUICK.openTime().plusMillis(1));
        chat(client);
        chat(client);
        assertThat(state(breaker, "greeter Greeter.Chat")).isEqualTo("half open");
        rig.streams.get(4).send(StringValue.of("I live"));
        assertThat(state(breaker, "greeter Greeter.Chat")).isEqualTo("half open");
        rig.pass(Duration.ofSeconds(10));
        assertThat(state(breaker, "greeter Greeter.Chat")).isEqualTo("closed");
    }

    @Test
    void aTrialOfAStreamWhoseOpeningHangsIsNoSuccess() {
        BreakerWrapper breaker = breaker(QUICK);
        ClientInterceptor guard = breaker.client().orElseThrow();
        Request<StringValue, StringValue> request = Request.of("greeter", Rig.CHAT, StringValue.of(""));
        Openings openings = new Openings();
        for (int i = 0; i < 4; i++) {
            guard.interceptStream(CallContext.create(), request, openings);
        }
        openings.hang = true;
        rig.pass(QUICK.openTime().plusMillis(1));
        for (int i = 0; i < 3; i++) {
            guard.interceptStream(CallContext.create(), request, openings);
        }
        assertThat(openings.count).as("failures, and trials").isEqualTo(6);
        rig.pass(Duration.ofSeconds(11));
        assertThat(state(breaker, "greeter Greeter.Chat")).isEqualTo("half open");
        rig.pass(QUICK.openTime());
        guard.interceptStream(CallContext.create(), request, openings);
        assertThat(openings.count).as("and another trial").isEqualTo(7);
        assertThat(state(breaker, "greeter Greeter.Chat")).isEqualTo("half open");
    }

    /** Of streams: they fail, or hang. */
    private static final class Openings implements ClientInterceptor.Opening {
        private boolean hang;
        private int count;

        @Override
        public <Q, R> Future<ClientStream<Q, R>> open(CallContext context, Request<Q, R> request) {
            count++;
            Promise<ClientStream<Q, R>> opened = Promise.promise();
            return hang ? opened.future() : Future.failedFuture(MicroException.internal("greeter", "ill"));
        }
    }
}
