package com.example.greeter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.testkit.Loopback;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GreetingsTest {
    private final HelloRequest ada = HelloRequest.newBuilder().setName("Ada").build();

    @Test
    void greetsByName() {
        HelloResponse response = greeter().hello(ada).result();
        assertThat(response.getGreeting()).isEqualTo("hello Ada");
    }

    @Test
    void greetsAgain() {
        List<String> greetings = new ArrayList<>();
        greeter().greetings(ada).result().onMessage(response -> greetings.add(response.getGreeting()));
        assertThat(greetings).containsExactly("hello Ada", "hello again, Ada");
    }

    private static GreeterService greeter() {
        Loopback loopback = new Loopback();
        GreeterHandler.register(loopback.server(), new Greetings());
        return GreeterService.create("greeter", loopback.client());
    }
}
