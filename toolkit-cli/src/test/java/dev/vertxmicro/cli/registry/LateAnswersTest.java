package dev.vertxmicro.cli.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.descriptor.ServiceDescriptor;
import dev.vertxmicro.registry.Registry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is asked by multicast may be busy; who is a server, or here, knows. */
class LateAnswersTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final AtomicInteger asked = new AtomicInteger();
    private RegistrySession session = open(new JsonObject().put("type", "memory"));

    private static RegistrySession open(JsonObject registry) {
        return RegistrySession.open(ServiceDescriptor.parse(new JsonObject().put("registry", registry)));
    }

    private void of(String type) {
        session.close();
        session = open(new JsonObject()
                .put("type", type)
                .put("multi", new JsonObject().put("registries", List.of("memory", "mdns")))
                .put(
                        "mdns",
                        new JsonObject().put("address", "239.255.77.3:5399").put("interfaces", List.of("lo"))));
    }

    @AfterEach
    void close() {
        session.close();
    }

    private List<String> hear(int empty) {
        return session.hear(registry -> answer(registry, empty), List::isEmpty, TIMEOUT);
    }

    private Future<List<String>> answer(Registry registry, int empty) {
        return Future.succeededFuture(asked.incrementAndGet() > empty ? List.of(registry.type()) : List.of());
    }

    @Test
    void areWaitedForWhereProcessesAreAsked() {
        of("mdns");
        assertThat(hear(3)).containsExactly("mdns");
        assertThat(asked).hasValue(4);
    }

    @Test
    void areWaitedForWhereOneOfSeveralRegistriesAsksProcesses() {
        of("multi");
        assertThat(hear(3)).containsExactly("multi");
    }

    @Test
    void areWaitedForLessThanASecond() {
        of("mdns");
        long begin = System.nanoTime();
        assertThat(hear(Integer.MAX_VALUE)).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(600));
        assertThat(asked).hasValueLessThanOrEqualTo(31); // 20 ms one after the other
    }

    @Test
    void areNotWaitedForWhereSomethingIsHeard() {
        of("mdns");
        assertThat(hear(0)).hasSize(1);
        assertThat(asked).hasValue(1);
    }

    @Test
    void doNotComeFromThisProcessOrAServer() {
        assertThat(hear(Integer.MAX_VALUE)).isEmpty();
        of("consul");
        assertThat(hear(Integer.MAX_VALUE)).isEmpty();
        assertThat(asked).hasValue(2);
    }
}
