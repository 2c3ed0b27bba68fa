package dev.vertxmicro.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.selector.SelectorOptions;
import dev.vertxmicro.selector.SelectorParts;
import dev.vertxmicro.server.Handler;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerOptions;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.testkit.Loopback;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The server without a socket answers as the one with a socket does, whatever its handlers do. */
class LoopbackOnVertxTest {
    private static final Endpoint<StringValue, StringValue> ECHO =
            Endpoint.unary("Echo.Echo", StringValue.class, StringValue.class);
    private static final Map<String, Handler<StringValue, StringValue>> HANDLERS = handlers();

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    @NullUnmarked // what handlers written without our checks do
    private static Map<String, Handler<StringValue, StringValue>> handlers() {
        return Map.of(
                "answer",
                        (request, context) -> {
                            context.withMetadata("Tenant", "blue").addResponseMetadata("Seen", "copy");
                            return Future.succeededFuture(request);
                        },
                "null", (request, context) -> Future.succeededFuture(),
                "no future", (request, context) -> null,
                "failed", (request, context) -> Future.failedFuture(new IllegalStateException("secret")),
                "thrown",
                        (request, context) -> {
                            throw new IllegalStateException("secret");
                        },
                "error",
                        (request, context) -> {
                            throw new AssertionError("secret");
                        },
                "meant", (request, context) -> Future.failedFuture(MicroException.conflict("echo", "there")),
                "thrown and meant",
                        (request, context) -> {
                            throw MicroException.forbidden("echo", "not you");
                        },
                "never", (request, context) -> Promise.<StringValue>promise().future());
    }

    @Test
    void answersAsTheServerOnASocketDoes() {
        HANDLERS.forEach((name, handler) -> {
            Loopback loopback = Loopback.on(VertxTimers.of(vertx));
            loopback.server().handle(ECHO, handler);
            assertThat(outcome(loopback.client())).as(name).isEqualTo(overSocket(handler));
        });
    }

    private String overSocket(Handler<StringValue, StringValue> handler) {
        Timers timers = VertxTimers.of(vertx);
        Transport transport = HttpTransport.create(vertx, HttpTransportOptions.DEFAULTS);
        Registry registry = Registry.inMemory(timers);
        ServerOptions options = ServerOptions.defaults().withName("echo").withAddress("127.0.0.1:0");
        Server server = Server.create(options, new ServerParts(transport, registry, timers));
        server.handle(ECHO, handler);
        Await.result(server.start());
        Selector selector = Selector.caching(
                SelectorOptions.DEFAULTS,
                new SelectorParts(registry, timers, new SplittableRandom(1), transport::probe));
        Client client = Client.create(ClientOptions.DEFAULTS, new ClientParts(transport, selector, timers));
        String outcome = outcome(client);
        Await.result(transport.close());
        return outcome;
    }

    private static String outcome(Client client) {
        CallOptions brief = CallOptions.DEFAULTS.withRequestTimeout(Duration.ofMillis(200));
        Request<StringValue, StringValue> request = Request.of("echo", ECHO, StringValue.of("hi"));
        return client.exchange(CallContext.create(), request.withOptions(brief))
                .map(response ->
                        response.body().getValue() + " " + response.metadata().value("Seen", ""))
                .otherwise(failure -> MicroException.text(failure).replace("\"id\":\"loopback\"", "\"id\":\"echo\""))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @Test
    void runsHandlersAndCallbacksOnContextsOfTheVertx() {
        Loopback loopback = Loopback.on(VertxTimers.of(vertx));
        Promise<Context> handled = Promise.promise();
        loopback.server().handle(ECHO, (request, context) -> {
            handled.complete(Vertx.currentContext());
            return vertx.timer(1).map(request);
        });
        Promise<Boolean> back = Promise.promise();
        Context caller = vertx.getOrCreateContext();
        caller.runOnContext(start -> loopback.client()
                .call(Request.of("echo", ECHO, StringValue.of("hi")))
                .map(answer -> Vertx.currentContext() == caller)
                .onComplete(back));
        assertThat(Await.result(back.future())).isTrue();
        Context context = Await.result(handled.future());
        assertThat(context.owner()).isSameAs(vertx);
        assertThat(context.isEventLoopContext()).isTrue();
    }
}
