package com.example.greeter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.testkit.Loopback;
import org.junit.jupiter.api.Test;

/** The handler alone: no port, no registry. */
class GreeterTest {
    private final GreeterService service;

    GreeterTest() {
        Loopback loopback = new Loopback();
        GreeterHandler.register(loopback.server(), new Greeter());
        service = GreeterService.create("@name@", loopback.client());
    }

    private static HelloRequest name(String name) {
        return HelloRequest.newBuilder().setName(name).build();
    }

    @Test
    void greetsByName() {
        HelloResponse response = service.hello(name("Ada")).await();
        assertThat(response.getGreeting()).isEqualTo("Hello Ada");
    }

    @Test
    void refusesToGreetNobody() {
        Throwable failure = service.hello(name(" ")).cause();
        assertThat(failure).isInstanceOfSatisfying(MicroException.class, e -> assertThat(e.code())
                .isEqualTo(400));
    }
}
