package dev.vertxmicro.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.selector.SelectorOptions;
import dev.vertxmicro.selector.SelectorParts;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerOptions;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A stop at any step of a start: whatever is under way then, nothing is left when the stop is done. */
class OvertakenStartTest {
    private final ManualTimers timers = Timers.manual();

    private Server server(HeldParts parts) {
        return server(parts.transport(), parts.registry(), parts.broker());
    }

    private Server server(Transport transport, Registry registry, Broker broker) {
        return Server.create(
                        ServerOptions.defaults().withName("greeter"),
                        new ServerParts(transport, registry, broker, timers))
                .subscribe("events", StringValue.class, (message, context) -> Future.succeededFuture());
    }

    private Service service(HeldParts parts) {
        Transport transport = parts.transport();
        Registry registry = parts.registry();
        Broker broker = parts.broker();
        Selector selector = Selector.caching(
                SelectorOptions.DEFAULTS,
                new SelectorParts(registry, timers, new SplittableRandom(1), transport::probe));
        Client client = Client.create(ClientOptions.DEFAULTS, new ClientParts(transport, selector, broker, timers));
        return Service.create(
                new ServiceParts(registry, selector, transport, broker, client, server(transport, registry, broker)));
    }

    private void assertNothingLeft(HeldSteps steps, HeldParts parts, Future<ServiceInfo> start, Future<Void> stop) {
        assertThat(start.cause()).as("start").hasMessageContaining("stopped while starting");
        assertThat(stop.succeeded()).as("stop").isTrue();
        assertThat(parts.inForce).as("left behind").isEmpty();
        int begun = steps.begun.size();
        timers.advance(Duration.ofMinutes(10));
        assertThat(steps.begun).as("begun later").hasSize(begun);
        assertThat(parts.inForce).as("left behind later").isEmpty();
        assertThat(timers.pending()).as("timers").isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "listen,true",
        "listen,false",
        "connect,true",
        "connect,false",
        "register,true",
        "register,false",
        "subscribe greeter,true",
        "subscribe greeter,false",
        "subscribe events,true",
        "subscribe events,false"
    })
    void leavesNothingOfAServer(String held, boolean workFirst) {
        HeldSteps steps = new HeldSteps(held, workFirst);
        HeldParts parts = new HeldParts(steps, timers);
        Server server = server(parts);
        Future<ServiceInfo> start = server.start();
        assertThat(steps.reached()).isTrue();
        Future<Void> stop = server.stop();
        assertThat(start.isComplete()).isFalse();
        steps.release();
        assertNothingLeft(steps, parts, start, stop);
    }

    @ParameterizedTest
    @CsvSource({
        "before,false",
        "connect,true",
        "connect,false",
        "listen,true",
        "listen,false",
        "register,true",
        "register,false",
        "subscribe greeter,false",
        "subscribe events,true",
        "subscribe events,false",
        "after,false"
    })
    void leavesNothingOfAService(String held, boolean workFirst) {
        HeldSteps steps = new HeldSteps(held, workFirst);
        HeldParts parts = new HeldParts(steps, timers);
        Service service = service(parts)
                .beforeStart(() -> steps.step("before", Future::succeededFuture))
                .afterStart(() -> steps.step("after", Future::succeededFuture));
        Future<ServiceInfo> start = service.start();
        assertThat(steps.reached()).isTrue();
        Future<Void> stop = service.stop();
        steps.release();
        assertNothingLeft(steps, parts, start, stop);
    }

    @Test
    void doesNotStartAServerThatWasStopped() {
        HeldSteps steps = new HeldSteps("none", false);
        HeldParts parts = new HeldParts(steps, timers);
        Server server = server(parts);
        Future<Void> stop = server.stop();
        assertNothingLeft(steps, parts, server.start(), stop);
    }

    @Test
    void stopsAlthoughAStepNeverEnds() {
        HeldSteps steps = new HeldSteps("register", true);
        HeldParts parts = new HeldParts(steps, timers);
        Server server = server(parts);
        server.start();
        Future<Void> stop = server.stop();
        timers.advance(Duration.ofSeconds(10));
        assertThat(stop.succeeded()).isTrue();
        assertThat(parts.inForce).containsExactly("register");
        steps.release();
        assertThat(parts.inForce).as("once the registry answers").isEmpty();
    }

    @Test
    void stopsAServiceAlthoughItsHookNeverEnds() {
        HeldSteps steps = new HeldSteps("none", false);
        HeldParts parts = new HeldParts(steps, timers);
        Service service =
                service(parts).beforeStart(() -> Promise.<Void>promise().future());
        service.start();
        assertThat(service.stop().succeeded()).isTrue();
        assertThat(parts.inForce).isEmpty();
    }

    @Test
    void takesAHookThatGivesNoFutureOrThrowsAnErrorForAFailure() {
        assertFails(() -> null, "hook gave null");
        assertFails(
                () -> {
                    throw new NoClassDefFoundError("com/example/Missing");
                },
                "com/example/Missing");
    }

    private void assertFails(Supplier<Future<Void>> hook, String why) {
        for (boolean before : new boolean[] {true, false}) {
            HeldParts parts = new HeldParts(new HeldSteps("none", false), timers);
            Service service = service(parts).beforeStop(hook).afterStop(hook);
            Future<ServiceInfo> start = (before ? service.beforeStart(hook) : service.afterStart(hook)).start();
            assertThat(start.cause()).hasMessageContaining(why);
            assertThat(parts.inForce).isEmpty();
            assertThat(service.stop().succeeded()).isTrue();
        }
    }

    @Test
    void startsAServiceOnce() {
        HeldParts parts = new HeldParts(new HeldSteps("none", false), timers);
        Service service = service(parts);
        assertThat(service.start().succeeded()).isTrue();
        assertThat(service.start().cause()).hasMessage("service: started (expected: one start)");
        assertThat(parts.inForce).as("of the first start").contains("listen", "register");
    }
}
