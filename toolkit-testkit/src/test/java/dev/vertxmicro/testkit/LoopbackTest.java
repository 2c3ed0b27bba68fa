package dev.vertxmicro.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.client.Response;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Endpoint.Kind;
import dev.vertxmicro.server.Handler;
import dev.vertxmicro.server.OneRequestHandler;
import dev.vertxmicro.server.OneResponseHandler;
import dev.vertxmicro.server.ServerStream;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

class LoopbackTest {
    private static final Endpoint<String, String> ECHO = Endpoint.unary("Echo.Call", String.class, String.class);
    private static final Endpoint<String, String> STREAM =
            new Endpoint<>("Echo.Stream", String.class, String.class, Kind.BIDIRECTIONAL, false);

    private final Loopback loopback = new Loopback();
    private final List<String> received = new ArrayList<>();

    @Test
    void carriesMetadataBothWays() {
        loopback.server().handle(ECHO, (request, context) -> {
            context.addResponseMetadata("Seen", context.metadata().value("Tenant", ""));
            return Future.succeededFuture(request);
        });
        CallContext blue = CallContext.create().withMetadata("Tenant", "blue");
        Response<String> response =
                loopback.client().exchange(blue, Request.of("echo", ECHO, "hi")).result();
        assertThat(response.body()).isEqualTo("hi");
        assertThat(response.metadata().value("Seen", "")).isEqualTo("blue");
    }

    @Test
    void failsAsAGoServerWhereThereIsNoHandler() {
        Future<String> call = loopback.client().call(Request.of("echo", ECHO, "hi"));
        assertThat(MicroException.text(call.cause())).isEqualTo("rpc: can't find service Echo");
        assertThat(MicroException.text(open().ended().cause())).isEqualTo("rpc: can't find service Echo");
    }

    @Test
    void failsAsTheHandlerThrows() {
        loopback.server().handle(ECHO, (request, context) -> {
            throw new IllegalStateException("broken");
        });
        assertThat(code(loopback.client().call(Request.of("echo", ECHO, "hi")))).isEqualTo(500);
    }

    @Test
    void holdsMessagesBackWhileTheReceiverPauses() {
        Promise<ServerStream<String, String>> serverEnd = Promise.promise();
        loopback.server().handleStream(STREAM, (stream, context) -> {
            stream.onMessage(received::add).pause();
            serverEnd.complete(stream);
            return stream.ended();
        });
        ClientStream<String, String> stream = open();
        stream.send("one");
        assertThat(received).isEmpty();
        serverEnd.future().result().resume();
        assertThat(received).containsExactly("one");
        stream.end();
        assertThat(stream.ended().succeeded()).isTrue();
        assertThat(stream.send("late").failed()).isTrue();
    }

    @Test
    void tellsTheHandlerOfACancelledStream() {
        Promise<CallContext> seen = Promise.promise();
        loopback.server().handleStream(STREAM, (stream, context) -> {
            seen.complete(context);
            return stream.ended();
        });
        MicroException reason = MicroException.timeout("test", "enough");
        ClientStream<String, String> stream = open();
        stream.cancel(reason);
        assertThat(seen.future().result().cancellation().cause().code()).isEqualTo(408);
        assertThat(MicroException.text(stream.ended().cause())).isEqualTo(reason.text());
    }

    @Test
    void handsTheFirstMessageToAHandlerOfOneRequest() {
        loopback.server()
                .handleStream(STREAM, OneRequestHandler.streaming((request, stream, context) -> stream.send(request + 1)
                        .compose(sent -> stream.send(request + 2))));
        ClientStream<String, String> stream = open();
        stream.onMessage(received::add);
        stream.send("a");
        assertThat(received).containsExactly("a1", "a2");
        assertThat(stream.ended().succeeded()).isTrue();
    }

    @Test
    void failsAStreamThatEndsWithoutItsOneRequest() {
        loopback.server()
                .handleStream(STREAM, OneRequestHandler.streaming((request, stream, context) -> stream.send(request)));
        ClientStream<String, String> stream = open();
        stream.end();
        assertThat(code(stream.ended())).isEqualTo(400);
    }

    @Test
    void sendsTheOneResponseThenEnds() {
        loopback.server().handleStream(STREAM, OneResponseHandler.streaming((stream, context) -> {
            List<String> all = new ArrayList<>();
            stream.onMessage(all::add);
            return stream.ended().map(end -> String.join("+", all));
        }));
        ClientStream<String, String> stream = open();
        stream.onMessage(received::add);
        stream.send("a");
        stream.send("b");
        assertThat(received).isEmpty();
        stream.end();
        assertThat(received).containsExactly("a+b");
        assertThat(stream.ended().succeeded()).isTrue();
    }

    @Test
    void answersForHandlersThatAnswerNothing() {
        assertThat(detailOf((request, context) -> Future.succeededFuture())).isEqualTo("handler answered null");
        assertThat(detailOf((request, context) -> noFuture())).isEqualTo("handler answered null");
        assertThat(detailOf((request, context) -> Future.failedFuture(new AssertionError("secret"))))
                .isEqualTo("internal error");
        assertThat(detailOf((request, context) -> {
                    throw new StackOverflowError("deep");
                }))
                .isEqualTo("internal error");
        assertThat(detailOf((request, context) -> Future.failedFuture(MicroException.conflict("echo", "there"))))
                .isEqualTo("there");
    }

    @NullUnmarked // what handlers written without our checks do
    private static Future<String> noFuture() {
        return null;
    }

    private static String detailOf(Handler<String, String> handler) {
        Loopback fresh = new Loopback();
        fresh.server().handle(ECHO, handler);
        return ((MicroException)
                        fresh.client().call(Request.of("echo", ECHO, "hi")).cause())
                .detail();
    }

    @Test
    void leavesTheClockToTheTest() {
        ManualTimers timers = Timers.manual();
        Loopback slow = Loopback.on(timers);
        Promise<String> never = Promise.promise();
        slow.server().handle(ECHO, (request, context) -> never.future());
        Future<String> call = slow.call(CallContext.create(), ECHO, "hi");
        timers.advance(Duration.ofMillis(4999));
        assertThat(call.isComplete()).isFalse();
        timers.advance(Duration.ofMillis(1));
        assertThat(code(call)).isEqualTo(408);
    }

    @Test
    void failsAMessageAsItsSubscriberDoes() {
        Topic<String> news = Topic.of("news", String.class);
        loopback.server().subscribe(news, (text, context) -> {
            received.add(text + context.metadata().value("Tenant", ""));
            return text.equals("bad")
                    ? Future.failedFuture(MicroException.badRequest("echo", "no"))
                    : Future.succeededFuture();
        });
        CallContext blue = CallContext.create().withMetadata("Tenant", "blue");
        assertThat(loopback.publish(blue, news, "good").succeeded()).isTrue();
        Future<Void> bad = loopback.publish(CallContext.create(), news, "bad");
        assertThat(((MicroException) bad.cause()).detail()).startsWith("subscriber error: ");
        assertThat(loopback.client().publish(news, "by the broker").succeeded()).isTrue();
        assertThat(received).containsExactly("goodblue", "bad", "by the broker");
    }

    private ClientStream<String, String> open() {
        return loopback.client().stream(CallContext.create(), Request.of("echo", STREAM, ""))
                .result();
    }

    private static int code(Future<?> failed) {
        return ((MicroException) failed.cause()).code();
    }
}
