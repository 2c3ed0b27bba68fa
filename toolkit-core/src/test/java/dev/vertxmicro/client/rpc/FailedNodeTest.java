package dev.vertxmicro.client.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.selector.SelectorOptions;
import dev.vertxmicro.selector.SelectorParts;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.ScriptedTransport;
import dev.vertxmicro.transport.ScriptedTransport.Attempt;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Where a call that may be repeated goes when its node dies, as kill -9 has it: all that runs there breaks at once. */
class FailedNodeTest {
    private static final Endpoint<StringValue, StringValue> LOOK =
            Endpoint.unary("Greeter.Look", StringValue.class, StringValue.class);
    private static final Message OK =
            new Message(Metadata.EMPTY, Codec.protobuf().encode(StringValue.of("ok")));

    private final ManualTimers timers = Timers.manual();
    private final ScriptedTransport transport = new ScriptedTransport();
    private final Registry registry = Registry.inMemory(timers);
    private final Client client = Client.create(
            ClientOptions.DEFAULTS,
            new ClientParts(
                    transport,
                    Selector.caching(
                            SelectorOptions.DEFAULTS,
                            new SelectorParts(registry, timers, new SplittableRandom(3), transport::probe)),
                    timers));

    private void register(String id, String address) {
        Node node = new Node(id, address, Map.of("protocol", "mucp"));
        registry.register(new ServiceInfo("greeter", "1", Map.of(), List.of(), List.of(node)), Duration.ZERO);
    }

    private Future<StringValue> look() {
        return client.call(Request.of("greeter", LOOK, StringValue.of("davie"))
                .withOptions(CallOptions.DEFAULTS.withIdempotent(true)));
    }

    private static MicroException broken() {
        return MicroException.internal("go.micro.client.transport", "Connection reset")
                .withFault(Fault.BROKEN);
    }

    private static MicroException refused() {
        return MicroException.internal("go.micro.client", "connection refused")
                .withFault(Fault.UNREACHABLE)
                .asRetryable();
    }

    private void answerAll() {
        List.copyOf(transport.attempts).forEach(attempt -> attempt.answer().tryComplete(OK));
    }

    @Test
    void leavesOutTheAddressThatFailedThoughItIsListedAsTwoNodes() {
        register("before-its-restart", "a:1");
        register("since-then", "a:1");
        register("other", "b:2");
        for (int i = 0; i < 100; i++) {
            look();
            Attempt first = transport.last();
            first.answer().fail(broken());
            assertThat(transport.last().address()).as("call " + i).isNotEqualTo(first.address());
            transport.last().answer().complete(OK);
        }
    }

    @Test
    void repeatsWhatBrokeThoughAnotherNodeCouldNotBeReachedBefore() {
        register("gone", "a:1");
        register("dies", "b:2");
        register("lives", "c:3");
        Future<StringValue> call = look();
        transport.last().answer().fail(refused());
        transport.last().answer().fail(broken());
        assertThat(transport.attempts).extracting(Attempt::address).hasSize(3).doesNotHaveDuplicates();
        transport.last().answer().complete(OK);
        assertThat(call.result().getValue()).isEqualTo("ok");
    }

    @Test
    void repeatsWhatBrokeNoMoreOftenThanItIsTold() {
        register("gone", "a:1");
        register("dies", "b:2");
        register("dies-too", "c:3");
        register("lives", "d:4");
        Future<StringValue> call = look();
        transport.last().answer().fail(broken());
        transport.last().answer().fail(refused());
        transport.last().answer().fail(broken());
        assertThat(transport.attempts).hasSize(3);
        assertThat(call.cause()).hasMessageContaining("Connection reset");
    }

    @Test
    void repeatsAllThatANodeBreaksWhenItDies() {
        register("dies", "a:1");
        register("lives", "b:2");
        List<Future<StringValue>> calls = runAtOnce(150);
        killAtOnce("a:1");
        assertThat(calls).allSatisfy(call -> assertThat(call.succeeded()).isTrue());
    }

    @Test
    void repeatsAsManyAtOnceAsThereAreCallsAtOnce() {
        register("dies", "a:1");
        register("lives", "b:2");
        for (int i = 0; i < 5; i++) {
            runAtOnce(1000);
            answerAll();
        }
        List<Future<StringValue>> calls = runAtOnce(1000);
        killAtOnce("a:1");
        assertThat(calls).allSatisfy(call -> assertThat(call.succeeded()).isTrue());
    }

    private List<Future<StringValue>> runAtOnce(int calls) {
        List<Future<StringValue>> all = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            all.add(look());
        }
        return all;
    }

    private void killAtOnce(String address) {
        List<Attempt> running = transport.attempts.stream()
                .filter(attempt -> !attempt.answer().future().isComplete())
                .toList();
        assertThat(running).extracting(Attempt::address).contains(address);
        running.stream().filter(attempt -> attempt.address().equals(address)).forEach(attempt -> attempt.answer()
                .fail(broken()));
        answerAll();
    }
}
