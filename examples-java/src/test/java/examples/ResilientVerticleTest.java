package examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.junit5.MicroTest;
import dev.vertxmicro.junit5.TestServices;
import examples.greeter.GreeterService;
import examples.greeter.HelloRequest;
import examples.greeter.HelloResponse;
import io.vertx.core.Future;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@MicroTest(value = ResilientVerticle.class, descriptor = "../conf/greeter.json")
class ResilientVerticleTest {

    @Test
    void greetsWithinItsLimitAndNoMore(TestServices services) {
        HelloRequest ada = HelloRequest.newBuilder().setName("Ada").build();
        GreeterService greeter = GreeterService.create("greeter", services.client());
        assertThat(services.await(greeter.hello(ada)).getGreeting()).isEqualTo("Hello Ada");
        List<Future<HelloResponse>> calls =
                IntStream.range(0, 500).mapToObj(i -> greeter.hello(ada)).toList();
        services.await(Future.join(calls).otherwiseEmpty());
        assertThat(calls).anyMatch(Future::succeeded);
        assertThat(calls).filteredOn(Future::failed).anySatisfy(refused -> assertThat(refused.cause())
                .isInstanceOfSatisfying(
                        MicroException.class, error -> assertThat(error.code()).isEqualTo(429)));
    }
}
