package examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.junit5.MicroTest;
import dev.vertxmicro.junit5.TestServices;
import examples.greeter.GreeterService;
import examples.greeter.HelloRequest;
import io.vertx.core.Future;
import org.junit.jupiter.api.Test;

@MicroTest(value = CheckedVerticle.class, descriptor = "../conf/greeter.json")
class CheckedVerticleTest {

    @Test
    void greetsThoseWhoHaveAName(TestServices services) {
        GreeterService greeter = GreeterService.create("greeter", services.client());
        HelloRequest ada = HelloRequest.newBuilder().setName("Ada").build();
        assertThat(services.await(greeter.hello(ada)).getGreeting()).isEqualTo("Hello Ada");
        HelloRequest nobody = HelloRequest.newBuilder().setName(" ").build();
        Throwable refusal = services.await(greeter.hello(nobody)
                        .transform(done -> Future.succeededFuture(new IllegalStateException(done.cause()))))
                .getCause();
        assertThat(refusal).isInstanceOfSatisfying(MicroException.class, error -> {
            assertThat(error.code()).isEqualTo(400);
            assertThat(error.detail()).isEqualTo("name: must not be blank [not_blank]");
        });
    }
}
