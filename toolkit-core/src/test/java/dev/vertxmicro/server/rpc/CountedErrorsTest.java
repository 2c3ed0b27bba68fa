package dev.vertxmicro.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerOptions;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.ScriptedTransport;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which calls a server counts as errors, each once. */
class CountedErrorsTest {
    private final ManualTimers timers = Timers.manual();
    private final ScriptedTransport transport = new ScriptedTransport();
    private final Server server = Server.create(
            ServerOptions.defaults().withName("greeter"),
            new ServerParts(transport, Registry.inMemory(timers), timers));
    private volatile Supplier<Future<StringValue>> handler = () -> Future.succeededFuture(StringValue.of("x"));

    @BeforeEach
    void start() {
        server.handle(
                Endpoint.unary("Greeter.Hello", StringValue.class, StringValue.class),
                (request, context) -> handler.get());
        server.start();
    }

    private Future<Message> call(String endpoint, Duration timeout, Cancellation cancellation) {
        Metadata.Builder headers = Metadata.builder(2).add("Micro-Endpoint", endpoint);
        if (!timeout.isZero()) {
            headers.add("Timeout", Long.toString(timeout.toNanos()));
        }
        return transport.handler.handle(new Message(headers.build(), Buffer.buffer()), Peer.UNKNOWN, cancellation);
    }

    private void call() {
        call("Greeter.Hello", Duration.ZERO, new Cancellation());
    }

    private void assertCounted(int calls, int errors) {
        assertThat(server.statistics().calls()).as("calls").isEqualTo(calls);
        assertThat(server.statistics().errors()).as("errors").isEqualTo(errors);
    }

    @Test
    void areThoseOfHandlersWhateverTheyFailWith() {
        call();
        assertCounted(1, 0);
        handler = () -> Future.failedFuture(MicroException.notFound("greeter", "nobody"));
        call();
        handler = () -> {
            throw new IllegalStateException("broken");
        };
        call();
        handler = () -> null;
        call();
        assertCounted(4, 3);
    }

    @Test
    void areThoseWithoutAnEndpoint() {
        call("Greeter.Nope", Duration.ZERO, new Cancellation());
        assertCounted(1, 1);
    }

    @Test
    void areThoseWhoseTimeIsUpOnceWhateverBecomesOfTheHandler() {
        Promise<StringValue> answer = Promise.promise();
        handler = answer::future;
        call("Greeter.Hello", Duration.ofMillis(300), new Cancellation());
        timers.advance(Duration.ofMillis(300));
        assertCounted(1, 1);
        answer.fail(new IllegalStateException("too late"));
        assertCounted(1, 1);
    }

    @Test
    void areNotThoseWhoseCallerHasGone() {
        Promise<StringValue> answer = Promise.promise();
        handler = answer::future;
        Cancellation cancellation = new Cancellation();
        call("Greeter.Hello", Duration.ZERO, cancellation);
        cancellation.cancel(MicroException.timeout("go.micro.server", "caller is gone"));
        answer.fail(cancellation.cause());
        assertCounted(1, 0);
    }
}
