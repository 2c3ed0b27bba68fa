package dev.vertxmicro.server.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.server.EventHandler;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerOptions;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventDeadlineTest {
    private static final Topic<StringValue> EVENTS = Topic.of("events", StringValue.class);
    private static final SubscribeOptions QUEUE = SubscribeOptions.DEFAULTS.withQueue("q");

    @Test
    void aSubscriberKnowsUntilWhenItsAttemptLasts() {
        ManualTimers timers = Timers.manual();
        ServerParts parts = new ServerParts(Transport.inMemory(timers), Registry.inMemory(timers), timers);
        Server server =
                Server.create(ServerOptions.defaults().withName("greeter").withAddress("127.0.0.1:9"), parts);
        List<Long> left = new ArrayList<>();
        EventHandler<StringValue> asks = (message, context) -> {
            left.add(context.hasDeadline() ? context.deadline() - timers.nanoTime() : -1);
            return Future.succeededFuture();
        };
        server.subscribe(EVENTS, asks, QUEUE.withHandlerTimeout(Duration.ofSeconds(2)));
        server.subscribe(EVENTS, asks, QUEUE.withQueue("other").withHandlerTimeout(Duration.ZERO));
        server.start();
        parts.broker().publish("events", message(Metadata.EMPTY));
        parts.broker().publish("events", message(Metadata.of("Timeout", "1000000000")));
        assertThat(left).containsExactlyInAnyOrder(2_000_000_000L, -1L, 1_000_000_000L, 1_000_000_000L);
    }

    private static Message message(Metadata headers) {
        return new Message(headers, Buffer.buffer(StringValue.of("x").toByteArray()));
    }
}
