package examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.testkit.Loopback;
import dev.vertxmicro.testkit.faults.LinkFaults;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import examples.greeter.GreeterHandler;
import examples.greeter.GreeterService;
import examples.greeter.HelloRequest;
import examples.greeter.HelloResponse;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GreeterTest {
    private static final HelloRequest ADA =
            HelloRequest.newBuilder().setName("Ada").build();

    @Test
    void greetsByName() {
        Loopback loopback = new Loopback();
        GreeterHandler.register(loopback.server(), new Greeter());
        GreeterService greeter = GreeterService.create("greeter", loopback.client());
        assertThat(greeter.hello(ADA).result().getGreeting()).isEqualTo("Hello Ada");
    }

    @Test
    void sendsAwayWhomItDoesNotKnow() {
        Loopback loopback = new Loopback();
        GreeterHandler.register(
                loopback.server(),
                (request, context) -> context.metadata().value("Tenant", "").equals("blue")
                        ? Future.succeededFuture(HelloResponse.getDefaultInstance())
                        : Future.failedFuture(MicroException.forbidden("greeter", "not you")));
        GreeterService greeter = GreeterService.create("greeter", loopback.client());
        CallContext blue = CallContext.create().withMetadata("Tenant", "blue");
        assertThat(greeter.hello(blue, ADA).succeeded()).isTrue();
        assertThat(greeter.hello(ADA).cause())
                .isInstanceOfSatisfying(
                        MicroException.class, error -> assertThat(error.code()).isEqualTo(403));
    }

    @Test
    void isNotWaitedForLongerThanItsCallerHasTime() {
        ManualTimers timers = Timers.manual();
        Loopback loopback = Loopback.on(timers);
        Promise<HelloResponse> never = Promise.promise();
        GreeterHandler.register(loopback.server(), (request, context) -> never.future());
        GreeterService greeter = GreeterService.create("greeter", loopback.client());
        CallContext brief = CallContext.create().withDeadline(Duration.ofSeconds(1), timers);
        Future<HelloResponse> call = greeter.hello(brief, ADA);
        timers.advance(Duration.ofMillis(999));
        assertThat(call.isComplete()).isFalse();
        timers.advance(Duration.ofMillis(1));
        assertThat(call.failed()).isTrue();
    }

    @Test
    void isToldThatAnAnswerGotLost() {
        Loopback loopback = new Loopback();
        GreeterHandler.register(loopback.server(), new Greeter());
        GreeterService greeter = GreeterService.create("greeter", loopback.client());
        loopback.network().towards("server", LinkFaults.NONE.withReset(1));
        assertThat(greeter.hello(ADA).failed()).isTrue();
        loopback.network().heal();
        assertThat(greeter.hello(ADA).succeeded()).isTrue();
    }
}
