package dev.vertxmicro.wrapper.resilience;

import static dev.vertxmicro.wrapper.resilience.Rig.chat;
import static dev.vertxmicro.wrapper.resilience.Rig.code;
import static dev.vertxmicro.wrapper.resilience.Rig.error;
import static dev.vertxmicro.wrapper.resilience.Rig.hello;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.server.Server;
import io.vertx.core.Future;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeoutWrapperTest {
    private static final TimeoutOptions SECOND =
            new TimeoutOptions(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3));
    private static final String ADDRESS = "127.0.0.1:9";

    private final Rig rig = new Rig();
    private final TimeoutWrapper wrapper = TimeoutWrapper.create(SECOND, "greeter", rig.timers);

    @Test
    void aHandlerIsEndedAndTold() {
        rig.serve(ADDRESS, wrapper);
        Client client = rig.waiting().client();
        Future<StringValue> call = client.call(hello("x"));
        assertThat(rig.contexts.get(0).deadline()).isEqualTo(rig.timers.nanoTime() + 1_000_000_000L);
        rig.pass(Duration.ofSeconds(1));
        assertThat(code(call)).isEqualTo(408);
        assertThat(error(call).id()).isEqualTo("greeter");
        assertThat(error(call).detail()).isEqualTo("handler has not completed in time");
        assertThat(rig.contexts.get(0).cancellation().isCancelled()).isTrue();
        rig.pending.get(0).complete(StringValue.of("late"));
    }

    @Test
    void whatIsInTimeIsLeftAloneAndLeavesNothing() {
        rig.serve(ADDRESS, wrapper);
        Client client = rig.client();
        int before = rig.timers.pending();
        assertThat(code(client.call(hello("x")))).isZero();
        assertThat(rig.timers.pending()).isEqualTo(before);
    }

    @Test
    void aClientsCallsHaveThatTimeForAllAttempts() {
        rig.serve(ADDRESS);
        Client client = rig.around(wrapper).waiting().client();
        Future<StringValue> call = client.call(hello("x"));
        rig.pass(Duration.ofSeconds(1));
        assertThat(code(call)).isEqualTo(408);
        assertThat(error(call).id()).isEqualTo("go.micro.client");
    }

    @Test
    void anIdleStreamIsEndedByTheServer() {
        rig.serve(ADDRESS, wrapper);
        ClientStream<StringValue, StringValue> stream = chat(rig.client());
        for (int i = 0; i < 3; i++) {
            rig.pass(Duration.ofSeconds(2));
            stream.send(StringValue.of("x"));
            rig.pass(Duration.ofSeconds(2));
            rig.streams.get(0).send(StringValue.of("y"));
        }
        assertThat(stream.ended().isComplete()).isFalse();
        rig.pass(Duration.ofSeconds(3));
        assertThat(code(stream.ended())).isEqualTo(408);
        assertThat(rig.contexts.get(0).cancellation().isCancelled()).isTrue();
    }

    @Test
    void anIdleStreamIsEndedByItsClient() {
        rig.serve(ADDRESS);
        ClientStream<StringValue, StringValue> stream = chat(rig.around(wrapper).client());
        rig.pass(Duration.ofSeconds(2));
        rig.streams.get(0).send(StringValue.of("y"));
        rig.pass(Duration.ofSeconds(2));
        assertThat(stream.ended().isComplete()).isFalse();
        stream.pause();
        rig.pass(Duration.ofSeconds(9));
        assertThat(stream.ended().isComplete()).as("paused on purpose").isFalse();
        stream.resume();
        rig.pass(Duration.ofSeconds(3));
        assertThat(code(stream.ended())).isEqualTo(408);
    }

    @Test
    void aSubscriberThatTakesTooLongFails() {
        rig.serve(ADDRESS, wrapper);
        Client client = rig.waiting().client();
        client.publish(Rig.EVENTS, StringValue.of("x"));
        assertThat(rig.pending).hasSize(1);
        rig.pass(Duration.ofSeconds(2));
        rig.pass(Duration.ofMinutes(1));
        assertThat(rig.pending).as("delivered again").hasSizeGreaterThan(1);
    }

    @Test
    void aHandlerThatRunsOnIsCountedAsAbandoned() {
        Server server = rig.serve(ADDRESS, wrapper);
        Client client = rig.waiting().client();
        assertThat(client.call(hello("x")).isComplete()).isFalse();
        rig.pass(Duration.ofSeconds(1));
        assertThat(server.statistics().running()).isZero();
        assertThat(server.statistics().abandoned()).isEqualTo(1);
        rig.pending.get(0).complete(StringValue.of("late"));
        assertThat(server.statistics().abandoned()).isZero();
        assertThat(server.statistics().lateAnswers()).isEqualTo(1);
        assertThat(code(client.call(hello("y")))).as("runs").isEqualTo(-1);
        assertThat(server.statistics().running()).isEqualTo(1);
        rig.pending.get(1).complete(StringValue.of("in time"));
        assertThat(server.statistics().lateAnswers()).isEqualTo(1);
        assertThat(server.statistics().running()).isZero();
        assertThat(server.statistics().abandoned()).isZero();
    }

    @Test
    void aStreamWhoseHandlerRunsOnIsCountedAsAbandoned() {
        Server server = rig.serve(ADDRESS, wrapper);
        assertThat(chat(rig.client()).ended().isComplete()).isFalse();
        rig.pass(Duration.ofSeconds(3));
        assertThat(server.statistics().running()).isZero();
        assertThat(server.statistics().abandoned()).isEqualTo(1);
        rig.ends.get(0).complete();
        assertThat(server.statistics().abandoned()).isZero();
    }

    @Test
    void aSubscriberThatRunsOnIsCountedAsAbandoned() {
        Server server = rig.serve(ADDRESS, wrapper);
        rig.waiting().client().publish(Rig.EVENTS, StringValue.of("x"));
        assertThat(server.statistics().running()).isEqualTo(1);
        rig.pass(Duration.ofSeconds(2));
        assertThat(server.statistics().running()).isZero();
        assertThat(server.statistics().abandoned()).isEqualTo(1);
        rig.pending.get(0).complete(StringValue.of("late"));
        assertThat(server.statistics().abandoned()).isZero();
    }

    @Test
    void aPausedStreamWhoseCallerHasGoneIsWatchedNoMore() {
        rig.serve(ADDRESS, wrapper);
        int before = rig.timers.pending();
        ClientStream<StringValue, StringValue> stream = chat(rig.client());
        rig.streams.get(0).pause();
        stream.cancel(MicroException.internal("test", "enough"));
        assertThat(rig.contexts.get(0).cancellation().isCancelled()).isTrue();
        rig.pass(Duration.ofSeconds(2)); // until the server has looked whether it runs on
        assertThat(rig.timers.pending()).isEqualTo(before);
    }
}
