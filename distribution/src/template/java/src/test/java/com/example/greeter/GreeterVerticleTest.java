package com.example.greeter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.junit5.MicroTest;
import dev.vertxmicro.junit5.TestServices;
import org.junit.jupiter.api.Test;

/** The running service, called over its port. */
@MicroTest(value = GreeterVerticle.class, descriptor = "conf/@artifact@.json")
class GreeterVerticleTest {

    @Test
    void answersCalls(TestServices services) {
        GreeterService service = GreeterService.create("@name@", services.client());
        HelloRequest request = HelloRequest.newBuilder().setName("Ada").build();
        HelloResponse response = services.await(service.hello(request));
        assertThat(response.getGreeting()).isEqualTo("Hello Ada");
    }
}
