package dev.vertxmicro.wrapper.logging;

import static dev.vertxmicro.testkit.recording.Await.result;
import static dev.vertxmicro.wrapper.logging.Service.HELLO;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.engine.Threading;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.wrapper.logging.lines.JsonLines;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.MDC;

/** What is logged while a call is handled has its ids, wherever that goes on. */
class MdcTest {
    private final Vertx vertx = Vertx.vertx();
    private final JsonLines json = new JsonLines();

    @AfterEach
    void stop() {
        result(vertx.close());
    }

    /** What a line of this thread says of the trace. */
    private String logged() {
        String line = json.format(new LogRecord(Level.INFO, "something"));
        return new JsonObject(line).getString("trace_id", "none");
    }

    private Service service(Threading threading) {
        return new Service(
                LoggingOptions.DEFAULTS, VertxTimers.of(vertx), threading.invoker(vertx), Service.Wrappings.WITH);
    }

    private Future<StringValue> called(Service service, String trace) {
        CallContext context = CallContext.create().withMetadata("X-Request-Id", trace);
        return service.client.call(context, Request.of("greeter", HELLO, StringValue.of(trace)));
    }

    /** Runs on one event loop, as the calls of one connection do. */
    private <T> T onContext(Context context, java.util.function.Supplier<Future<T>> step) {
        Promise<T> done = Promise.promise();
        context.runOnContext(start -> step.get().onComplete(done));
        return result(done.future());
    }

    @ParameterizedTest
    @EnumSource(
            value = Threading.class,
            names = {"EVENT_LOOP", "WORKER"})
    void theIdsGoThroughTimersBlockingCodeFuturesAndCalls(Threading threading) {
        goesThrough(threading);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void theIdsGoThroughVirtualThreads() {
        goesThrough(Threading.VIRTUAL);
    }

    private void goesThrough(Threading threading) {
        Service service = service(threading);
        ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
        Promise<Void> handled = Promise.promise();
        service.server.subscribe("events", StringValue.class, (message, context) -> {
            seen.add("event " + logged());
            handled.complete();
            return Future.succeededFuture();
        });
        service.server.handle(HELLO, (request, context) -> {
            seen.add("handler " + logged());
            seen.add("mdc " + MDC.get("trace_id"));
            return vertx.timer(1)
                    .compose(timer -> {
                        seen.add("timer " + logged());
                        return vertx.executeBlocking(() -> seen.add("blocking " + logged()));
                    })
                    .compose(blocking -> {
                        seen.add("future " + logged());
                        return service.client.publish(context, Topic.of("events", StringValue.class), request);
                    })
                    .compose(published -> handled.future())
                    .map(elsewhere -> {
                        seen.add("back " + logged());
                        return request;
                    });
        });
        Context context = vertx.getOrCreateContext();
        onContext(context, () -> service.server.start().compose(started -> called(service, "one")));
        assertThat(seen)
                .containsExactlyInAnyOrder(
                        "handler one", "mdc one", "timer one", "blocking one", "future one", "event one", "back one");
        assertThat(onContext(context, () -> Future.succeededFuture(logged() + MDC.get("trace_id"))))
                .as("left behind on the event loop")
                .isEqualTo("nonenull");
    }

    @Test
    void theIdsAreThereForEachMessageOfAStreamAndForItsEnd() {
        Service service = service(Threading.EVENT_LOOP);
        List<String> seen = new ArrayList<>();
        service.server.handleStream(Service.CHAT, (stream, context) -> {
            stream.onMessage(message -> {
                seen.add("message " + logged());
                stream.send(message).onComplete(sent -> seen.add("sent " + logged()));
            });
            return stream.ended().onComplete(ended -> seen.add("ended " + logged()));
        });
        CallContext context = CallContext.create().withMetadata("X-Request-Id", "one");
        onContext(vertx.getOrCreateContext(), () -> service.server
                .start()
                .compose(started ->
                        service.client.stream(context, Request.of("greeter", Service.CHAT, StringValue.of(""))))
                .compose(stream -> {
                    stream.onMessage(message -> stream.end());
                    return stream.send(StringValue.of("hi")).compose(sent -> stream.ended());
                }));
        assertThat(seen).containsExactlyInAnyOrder("message one", "sent one", "ended one");
    }

    @Test
    void callsThatRunAtOnceOnOneEventLoopDoNotMixTheirIds() {
        Service service = service(Threading.EVENT_LOOP);
        List<String> mixed = new ArrayList<>();
        service.server.handle(HELLO, (request, context) -> vertx.timer(1)
                .compose(timer -> vertx.executeBlocking(this::logged))
                .map(blocking -> {
                    if (!blocking.equals(request.getValue()) || !logged().equals(request.getValue())) {
                        mixed.add(request.getValue() + " was " + blocking + " and " + logged());
                    }
                    return request;
                }));
        Context context = vertx.getOrCreateContext();
        onContext(context, () -> service.server.start().compose(started -> {
            List<Future<StringValue>> calls = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                calls.add(called(service, "trace-" + i));
            }
            return Future.all(calls);
        }));
        assertThat(mixed).isEmpty();
        assertThat(service.served.lines()).hasSize(200);
    }

    @Test
    void nothingIsThereWhereTheMdcIsNotWished() {
        Service service = new Service(
                LoggingOptions.DEFAULTS.withMdc(false),
                VertxTimers.of(vertx),
                Threading.EVENT_LOOP.invoker(vertx),
                Service.Wrappings.WITH);
        List<String> seen = new ArrayList<>();
        service.server.handle(HELLO, (request, context) -> {
            seen.add(logged() + MDC.get("trace_id"));
            return Future.succeededFuture(request);
        });
        onContext(vertx.getOrCreateContext(), () -> service.server.start().compose(started -> called(service, "one")));
        assertThat(seen).containsExactly("nonenull");
    }
}
