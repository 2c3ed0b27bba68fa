package dev.vertxmicro.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.selector.SelectorOptions;
import dev.vertxmicro.selector.SelectorParts;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerOptions;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.ScriptedTransport;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class WiredServiceTest {
    private final ManualTimers timers = Timers.manual();
    private final ScriptedTransport transport = new ScriptedTransport();
    private final Registry registry = Registry.inMemory(timers);
    private final List<String> seen = new ArrayList<>();
    private final Service service = service();

    private Service service() {
        Selector selector = Selector.caching(
                SelectorOptions.DEFAULTS,
                new SelectorParts(registry, timers, new SplittableRandom(1), transport::probe));
        return Service.create(new ServiceParts(
                registry,
                selector,
                transport,
                Broker.inMemory(timers),
                Client.create(ClientOptions.DEFAULTS, new ClientParts(transport, selector, timers)),
                Server.create(
                        ServerOptions.defaults().withName("greeter"), new ServerParts(transport, registry, timers))));
    }

    private Supplier<Future<Void>> sees(String what) {
        return () -> {
            seen.add(what + (transport.listening ? " listening" : " silent"));
            return Future.succeededFuture();
        };
    }

    private static Future<Void> fails() {
        return Future.failedFuture("no");
    }

    @Test
    void runsItsHooksAroundStartAndStop() {
        service.beforeStart(sees("beforeStart"))
                .afterStart(sees("afterStart"))
                .beforeStop(sees("beforeStop"))
                .afterStop(sees("afterStop"));
        assertThat(service.start().succeeded()).isTrue();
        assertThat(service.stop().succeeded()).isTrue();
        assertThat(service.stop().succeeded()).as("stopped twice").isTrue();
        assertThat(seen)
                .containsExactly(
                        "beforeStart silent", "afterStart listening", "beforeStop listening", "afterStop silent");
    }

    @Test
    void connectsItsBrokerBeforeItListens() {
        assertThat(publish().cause()).hasMessageContaining("not connected");
        service.beforeStart(() -> publish()
                .transform(sent -> sees("not connected " + sent.failed()).get()));
        service.afterStart(this::publish);
        assertThat(service.start().succeeded()).isTrue();
        assertThat(seen).containsExactly("not connected true silent");
        service.stop();
        assertThat(publish().cause()).hasMessageContaining("broker is closed");
    }

    private Future<Void> publish() {
        return service.broker().publish("topic", new Message(Metadata.EMPTY, Buffer.buffer()));
    }

    @Test
    void stopsAgainWhenAHookFailsTheStart() {
        service.afterStart(WiredServiceTest::fails);
        assertThat(service.start().cause()).hasMessage("no");
        assertThat(transport.listening).isFalse();
    }

    @Test
    void doesNotListenWhenAHookBeforeTheStartFails() {
        service.beforeStart(WiredServiceTest::fails);
        assertThat(service.start().failed()).isTrue();
        assertThat(transport.listening).isFalse();
    }

    @Test
    void stopsEvenIfAHookFails() {
        service.beforeStop(WiredServiceTest::fails).afterStop(() -> {
            throw new IllegalStateException("thrown");
        });
        service.start();
        assertThat(service.stop().succeeded()).isTrue();
        assertThat(transport.listening).isFalse();
    }
}
