package dev.vertxmicro.wrapper.resilience;

import static dev.vertxmicro.wrapper.resilience.Rig.code;
import static dev.vertxmicro.wrapper.resilience.Rig.hello;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientInterceptor;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.client.Response;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import io.vertx.core.Future;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryWrapperTest {
    private static final String ADDRESS = "127.0.0.1:9";
    /** Between the latest time of a first repetition and the earliest of a second one. */
    private static final Duration FIRST = Duration.ofMillis(100);

    private static final Duration LONG = Duration.ofSeconds(1);

    private final Rig rig = new Rig();

    private Client client(RetryOptions options) {
        rig.serve(ADDRESS);
        return rig.around(RetryWrapper.create(options, rig.timers))
                .options(each -> each.withRetries(0))
                .client();
    }

    private static Request<StringValue, StringValue> idempotent() {
        return hello("x").withOptions(CallOptions.DEFAULTS.withIdempotent(true));
    }

    @Test
    void makesAnIdempotentCallAgainByItsCode() {
        Client client = client(RetryOptions.DEFAULTS);
        rig.failing(503);
        Future<StringValue> call = client.call(idempotent());
        rig.pass(FIRST);
        assertThat(rig.handled).hasSize(2);
        rig.answer = text -> Future.succeededFuture(StringValue.of("well"));
        rig.pass(LONG);
        assertThat(call.result().getValue()).isEqualTo("well");
        assertThat(rig.handled).hasSize(3);
    }

    @Test
    void endsAfterTheLastAttemptWithItsError() {
        Client client = client(RetryOptions.DEFAULTS);
        rig.failing(503);
        Future<StringValue> call = client.call(idempotent());
        rig.pass(LONG);
        rig.pass(LONG);
        assertThat(code(call)).isEqualTo(503);
        assertThat(rig.handled).hasSize(3);
    }

    @Test
    void repeatsNothingThatIsNotSafe() {
        Client client = client(RetryOptions.DEFAULTS);
        rig.failing(503);
        assertThat(code(client.call(hello("x")))).isEqualTo(503);
        rig.failing(500);
        assertThat(code(client.call(idempotent()))).isEqualTo(500);
        assertThat(rig.handled).hasSize(2);
    }

    @Test
    void takesTheWordOfItsSettingsButACallsFirst() {
        Client client = client(RetryOptions.DEFAULTS.withIdempotent(true));
        rig.failing(503);
        client.call(hello("x"));
        rig.pass(FIRST);
        assertThat(rig.handled).hasSize(2);
        client.call(hello("x").withOptions(CallOptions.DEFAULTS.withIdempotent(false)));
        assertThat(rig.handled).hasSize(3);
        rig.pass(LONG);
        assertThat(rig.handled).as("the third of the first call").hasSize(4);
    }

    @Test
    void comesAgainWhenTheServerSays() {
        Client client = client(RetryOptions.DEFAULTS);
        rig.answer = text -> Future.failedFuture(
                MicroException.tooManyRequests("greeter", "too many").withRetryAfter(Duration.ofSeconds(3)));
        client.call(idempotent());
        rig.pass(Duration.ofMillis(2999));
        assertThat(rig.handled).hasSize(1);
        rig.pass(Duration.ofMillis(1));
        assertThat(rig.handled).hasSize(2);
    }

    @Test
    void waitsADayAtMostWhateverTheServerSays() {
        Busy busy = new Busy();
        RetryWrapper.create(RetryOptions.DEFAULTS.withWithin(Duration.ZERO), rig.timers)
                .client()
                .orElseThrow()
                .intercept(CallContext.create(), idempotent(), busy);
        rig.pass(Duration.ofHours(23));
        assertThat(busy.count).isEqualTo(1);
        rig.pass(Duration.ofHours(1));
        assertThat(busy.count).isEqualTo(2);
    }

    @Test
    void hasOneDeadlineForAll() {
        Client client = client(RetryOptions.DEFAULTS.withWithin(Duration.ofSeconds(2)));
        rig.answer = text -> Future.failedFuture(
                MicroException.tooManyRequests("greeter", "too many").withRetryAfter(Duration.ofSeconds(3)));
        assertThat(code(client.call(idempotent()))).as("told at once").isEqualTo(429);
    }

    @Test
    void endsWithItsCaller() {
        Client client = client(RetryOptions.DEFAULTS);
        rig.failing(503);
        Cancellation cancellation = new Cancellation();
        Future<StringValue> call = client.call(CallContext.create().withCancellation(cancellation), idempotent());
        cancellation.cancel(MicroException.timeout("test", "gone"));
        assertThat(code(call)).isEqualTo(408);
        rig.pass(LONG);
        assertThat(rig.handled).hasSize(1);
    }

    @Test
    void repeatsAPartOfTheCallsOnly() {
        Client client = client(RetryOptions.DEFAULTS.withAttempts(2));
        rig.failing(503);
        for (int i = 0; i < 100; i++) {
            client.call(idempotent());
            rig.pass(LONG);
        }
        assertThat(rig.handled.size()).isBetween(120, 130);
    }

    @Test
    void leavesAnOpenBreakerAlone() {
        rig.serve(ADDRESS);
        BreakerWrapper breaker = BreakerWrapper.create(
                BreakerOptions.DEFAULTS.withMinCalls(1).withWindowCalls(1), "greeter", rig.timers);
        Client client = rig.around(RetryWrapper.create(RetryOptions.DEFAULTS, rig.timers), breaker)
                .options(each -> each.withRetries(0))
                .client();
        rig.failing(500);
        client.call(idempotent());
        assertThat(code(client.call(idempotent()))).as("told at once").isEqualTo(503);
    }

    /** Asks for as much time as there is. */
    private static final class Busy implements ClientInterceptor.Exchange {
        private int count;

        @Override
        public <Q, R> Future<Response<R>> exchange(CallContext context, Request<Q, R> request) {
            count++;
            return Future.failedFuture(MicroException.tooManyRequests("greeter", "too many")
                    .withRetryAfter(Duration.ofSeconds(Long.MAX_VALUE)));
        }
    }
}
