package dev.vertxmicro.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.message.Principal;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.server.DedupeOptions;
import dev.vertxmicro.server.Handler;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerInterceptor;
import dev.vertxmicro.server.ServerOptions;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.ScriptedTransport;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls are known again behind interceptors as they are without, and nobody gets an answer past them. */
class GuardedRepeatedCallsTest {
    private final ManualTimers timers = Timers.manual();
    private final ScriptedTransport transport = new ScriptedTransport();
    private final List<Promise<StringValue>> asked = new ArrayList<>();
    private final List<String> passed = new ArrayList<>();
    private boolean open = true;
    private String caller = "davie";

    private final class Guard implements ServerInterceptor.OfCalls {
        @Override
        public <Q, R> Future<R> intercept(Endpoint<Q, R> endpoint, Q request, CallContext context, Handler<Q, R> next) {
            if (!open) {
                return Future.failedFuture(MicroException.of("shop", 401, "who are you"));
            }
            context.addResponseMetadata("Guard", "passed");
            Principal known = new Principal(caller, "test", Set.of(), Set.of(), new JsonObject());
            return next.handle(request, known.in(context)).onSuccess(answer -> passed.add(String.valueOf(answer)));
        }
    }

    @BeforeEach
    void start() {
        ServerOptions options = ServerOptions.defaults()
                .withName("shop")
                .withDedupe(DedupeOptions.DEFAULTS.withWindow(Duration.ofMinutes(1)));
        ServerParts parts = new ServerParts(transport, Registry.inMemory(timers), timers);
        Server.create(options, parts.withInterceptors(List.of(new Guard())))
                .handle(Endpoint.unary("Shop.Buy", StringValue.class, StringValue.class), (request, context) -> {
                    Promise<StringValue> answer = Promise.promise();
                    asked.add(answer);
                    context.addResponseMetadata("Receipt", "r" + asked.size());
                    return answer.future();
                })
                .start();
    }

    private Future<Message> buy(String id) {
        Metadata headers = Metadata.builder(4)
                .add(Headers.ENDPOINT, "Shop.Buy")
                .add(Headers.ID, id)
                .add(Headers.TIMEOUT, "5000000000")
                .add(Headers.IDEMPOTENCY_KEY, "k1")
                .build();
        Message message = new Message(headers, Codec.protobuf().encode(StringValue.of("tea")));
        return transport.handler.handle(message, new Peer("10.0.0.1:1", "here:1"), new Cancellation());
    }

    private static String said(Future<Message> call) {
        Message answer = call.result();
        return Codec.protobuf().decode(answer.body(), StringValue.class).getValue() + " "
                + answer.headers().all("Receipt") + " " + answer.headers().all("Guard") + " "
                + answer.headers().value(Headers.ERROR, "");
    }

    @Test
    void answersWhoCallsAgainOnceAllHavePassed() {
        Future<Message> first = buy("1");
        Future<Message> second = buy("2");
        asked.get(0).complete(StringValue.of("sold"));
        assertThat(said(first)).isEqualTo("sold [r1] [passed] ");
        assertThat(said(second)).isEqualTo("sold [r1] [passed] ");
        assertThat(said(buy("3"))).isEqualTo("sold [r1] [passed] ");
        assertThat(asked).hasSize(1);
        assertThat(passed).hasSize(3);
    }

    @Test
    void givesNobodyWhatAnotherWasAnswered() {
        buy("1");
        asked.get(0).complete(StringValue.of("sold to davie"));
        caller = "john";
        Future<Message> other = buy("2");
        assertThat(asked).hasSize(2);
        asked.get(1).complete(StringValue.of("sold to john"));
        assertThat(said(other)).startsWith("sold to john");
        caller = "davie";
        assertThat(said(buy("3"))).startsWith("sold to davie");
    }

    @Test
    void givesNoKeptAnswerToWhomAnInterceptorRefuses() {
        buy("1");
        asked.get(0).complete(StringValue.of("sold"));
        open = false;
        assertThat(said(buy("2"))).startsWith(" [] [] ").contains("who are you");
        open = true;
        assertThat(said(buy("3"))).startsWith("sold");
        assertThat(asked).hasSize(1);
    }
}
