package examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.testkit.Loopback;
import examples.greeter.GreeterHandler;
import examples.greeter.GreeterService;
import examples.greeter.HelloRequest;
import examples.greeter.HelloResponse;
import io.vertx.core.Future;
import org.junit.jupiter.api.Test;

class WelcomeTest {

    /** Code that calls a service. */
    private record Welcome(GreeterService greeter) {
        Future<String> of(String name) {
            return greeter.hello(HelloRequest.newBuilder().setName(name).build())
                    .map(HelloResponse::getGreeting)
                    .otherwise("Welcome!");
        }
    }

    @Test
    void isPoliteWithoutAGreeter() {
        Loopback fake = new Loopback();
        GreeterHandler.register(
                fake.server(),
                (request, context) -> Future.failedFuture(MicroException.unavailable("greeter", "asleep")));
        Welcome welcome = new Welcome(GreeterService.create("greeter", fake.client()));
        assertThat(welcome.of("Ada").result()).isEqualTo("Welcome!");
    }
}
