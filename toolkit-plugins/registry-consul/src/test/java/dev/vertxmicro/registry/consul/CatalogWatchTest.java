package dev.vertxmicro.registry.consul;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.consul.FakeAgent.Said;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.RecordingWatcher;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A watch of all services whose connection is cut, as by a proxy, while nothing changes. */
class CatalogWatchTest {
    private static final String CHECK =
            "[{\"Node\":\"a\",\"CheckID\":\"c1\",\"Status\":\"passing\",\"ServiceID\":\"n1\",\"ServiceName\":\"greeter\",\"ModifyIndex\":7}]";
    private static final String NODE =
            "[{\"Node\":{\"Node\":\"a\"},\"Service\":{\"ID\":\"n1\",\"Service\":\"%s\",\"Tags\":[\"v=1\"],"
                    + "\"Address\":\"h\",\"Port\":1},\"Checks\":[]}]";

    private final Vertx vertx = Vertx.vertx();
    private final FakeAgent agent = new FakeAgent(vertx);
    private final ConsulRegistry registry =
            ConsulRegistry.create(vertx, ConsulOptions.DEFAULTS.withAddresses(List.of(agent.address())));
    private final AtomicBoolean cut = new AtomicBoolean();
    private final AtomicBoolean again = new AtomicBoolean();
    private final AtomicBoolean died = new AtomicBoolean();

    @AfterEach
    void stop() {
        Await.result(registry.close());
        Await.result(vertx.close());
    }

    /** Cuts one of the two queries once; the node dies when all has been asked for again. */
    private Said answer(String line, String interrupted) {
        if (line.contains(interrupted) && line.contains("index=70") && cut.compareAndSet(false, true)) {
            return new Said(500, 0, "cut");
        }
        if (line.contains("/health/service/")) {
            boolean gone = line.contains("/greeter") && died.get();
            return new Said(200, 70, gone ? "[]" : NODE.formatted(line.contains("/greeter") ? "greeter" : "plain"));
        }
        if (line.contains("/health/state")) {
            if (line.contains("index=70") && again.get()) {
                died.set(true);
                return new Said(200, 71, "[]");
            }
            again.compareAndSet(false, line.contains("index=0&"));
            return line.contains("index=7") ? Said.NOTHING : new Said(200, 70, CHECK);
        }
        return line.contains("index=7") ? Said.NOTHING : new Said(200, 70, "{\"greeter\":[],\"plain\":[]}");
    }

    @ParameterizedTest
    @CsvSource({"/health/state", "/catalog/services"})
    void tellsAtOnceOfANodeThatDiesAfterACut(String interrupted) {
        RecordingWatcher changes = RecordingWatcher.of("greeter");
        agent.answer(line -> answer(line, interrupted));
        Await.result(registry.watch(changes));
        assertThat(changes.next().action()).isEqualTo(Action.DELETE);
        assertThat(Await.result(registry.list())).containsExactly("plain");
    }
}
