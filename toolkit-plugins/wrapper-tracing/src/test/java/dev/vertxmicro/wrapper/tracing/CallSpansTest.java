package dev.vertxmicro.wrapper.tracing;

import static dev.vertxmicro.wrapper.tracing.TracedGreeter.ADDRESS;
import static dev.vertxmicro.wrapper.tracing.TracedGreeter.HELLO;
import static dev.vertxmicro.wrapper.tracing.TracedGreeter.hello;
import static dev.vertxmicro.wrapper.tracing.TracedGreeter.to;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.client.HedgeOptions;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Endpoint;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls: one span for the call, one for each attempt beneath it, and that of the handler beneath the attempt that it answers. */
class CallSpansTest {
    private static final String REMOTE_PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private TracedGreeter greeter = new TracedGreeter();

    private void answers() {
        greeter.server.handle(
                HELLO, (request, context) -> Future.succeededFuture(StringValue.of("hello " + request.getValue())));
        greeter.server.start();
    }

    private Future<StringValue> fails(MicroException error) {
        greeter.server.handle(HELLO, (request, context) -> Future.failedFuture(error));
        greeter.server.start();
        return greeter.client.call(hello());
    }

    private static String text(SpanData span, String key) {
        return String.valueOf(span.getAttributes().get(AttributeKey.stringKey(key)));
    }

    private static void assertParent(SpanData child, SpanData parent) {
        assertThat(child.getTraceId()).isEqualTo(parent.getTraceId());
        assertThat(child.getParentSpanId()).isEqualTo(parent.getSpanId());
    }

    @Test
    void callAttemptAndHandlerAreOneTrace() {
        answers();
        assertThat(greeter.client.call(hello()).result().getValue()).isEqualTo("hello davie");
        SpanData call = greeter.span(SpanKind.INTERNAL);
        SpanData attempt = greeter.span(SpanKind.CLIENT);
        SpanData handler = greeter.span(SpanKind.SERVER);
        assertThat(call.getParentSpanContext().isValid()).isFalse();
        assertParent(attempt, call);
        assertParent(handler, attempt);
        assertThat(greeter.spans()).allMatch(span -> span.getName().equals("greeter.Greeter.Hello"));
        assertThat(greeter.spans()).allMatch(span -> span.getStatus().getStatusCode() == StatusCode.UNSET);
        assertThat(text(handler, "rpc.system")).isEqualTo("go-micro");
        assertThat(text(handler, "rpc.service")).isEqualTo("greeter");
        assertThat(text(handler, "rpc.method")).isEqualTo("Greeter.Hello");
        assertThat(text(attempt, "server.address")).isEqualTo("127.0.0.1");
        assertThat(attempt.getAttributes().get(AttributeKey.longKey("server.port")))
                .isEqualTo(9);
    }

    @Test
    void callsOfAHandlerAreChildrenOfItsSpan() {
        Endpoint<StringValue, StringValue> relay =
                Endpoint.unary("Greeter.Relay", StringValue.class, StringValue.class);
        greeter.server.handle(relay, (request, context) -> greeter.client.call(context, hello()));
        answers();
        assertThat(greeter.client.call(to(relay)).succeeded()).isTrue();
        List<SpanData> ends = greeter.spans();
        assertThat(ends)
                .extracting(SpanData::getName)
                .containsExactly(
                        "greeter.Greeter.Hello",
                        "greeter.Greeter.Hello",
                        "greeter.Greeter.Hello",
                        "greeter.Greeter.Relay",
                        "greeter.Greeter.Relay",
                        "greeter.Greeter.Relay");
        for (int i = 0; i < ends.size() - 1; i++) {
            assertParent(ends.get(i), ends.get(i + 1));
        }
    }

    @Test
    void callsGoOnWithTheTraceOfMetadata() {
        answers();
        CallContext context = CallContext.create().withMetadata("Traceparent", REMOTE_PARENT);
        greeter.client.call(context, hello());
        assertThat(greeter.span(SpanKind.INTERNAL).getParentSpanId()).isEqualTo("00f067aa0ba902b7");
        assertThat(greeter.spans()).allMatch(span -> span.getTraceId().equals("4bf92f3577b34da6a3ce929d0e0e4736"));
    }

    @Test
    void callsBelongToASpanThatAnApplicationBegan() {
        answers();
        Span own = greeter.telemetry.getTracer("own").spanBuilder("own").startSpan();
        greeter.client.call(Tracing.with(CallContext.create(), Context.root().with(own)), hello());
        assertThat(greeter.span(SpanKind.INTERNAL).getParentSpanId())
                .isEqualTo(own.getSpanContext().getSpanId());
    }

    @Test
    void handlersGiveTheirSpanAttributes() {
        greeter.server.handle(HELLO, (request, context) -> {
            Tracing.span(context).setAttribute("student", request.getValue());
            return Future.succeededFuture(request);
        });
        greeter.server.start();
        greeter.client.call(hello());
        assertThat(text(greeter.span(SpanKind.SERVER), "student")).isEqualTo("davie");
        assertThat(Tracing.span(CallContext.create()).getSpanContext().isValid())
                .isFalse();
    }

    @Test
    void handlersBeginSpansOfTheirOwn() {
        greeter.server.handle(HELLO, (request, context) -> {
            Tracing.tracer(context)
                    .spanBuilder("own")
                    .setParent(Tracing.context(context))
                    .startSpan()
                    .end();
            return Future.succeededFuture(request);
        });
        greeter.server.start();
        greeter.client.call(hello());
        assertThat(greeter.spans().get(0).getName()).isEqualTo("own");
        assertParent(greeter.spans().get(0), greeter.span(SpanKind.SERVER));
        Span untraced = Tracing.tracer(CallContext.create()).spanBuilder("own").startSpan();
        assertThat(untraced.isRecording()).isFalse();
    }

    @Test
    void whatACallerDidWrongIsNoErrorOfTheServer() {
        assertThat(fails(MicroException.notFound("greeter", "no such student")).failed())
                .isTrue();
        SpanData handler = greeter.span(SpanKind.SERVER);
        assertThat(text(handler, "error.type")).isEqualTo("404");
        assertThat(handler.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        for (SpanKind kind : List.of(SpanKind.CLIENT, SpanKind.INTERNAL)) {
            assertThat(greeter.span(kind).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(greeter.span(kind).getStatus().getDescription()).isEqualTo("no such student");
            assertThat(text(greeter.span(kind), "error.type")).isEqualTo("404");
        }
    }

    @Test
    void whatAServerDidWrongIsItsError() {
        fails(MicroException.internal("greeter", "broken"));
        assertThat(greeter.span(SpanKind.SERVER).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(text(greeter.span(SpanKind.SERVER), "error.type")).isEqualTo("500");
    }

    @Test
    void handlersThatThrowAreErrors() {
        greeter.server.handle(HELLO, (request, context) -> {
            throw new IllegalStateException("thrown");
        });
        greeter.server.start();
        greeter.client.call(hello());
        assertThat(greeter.span(SpanKind.SERVER).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(text(greeter.span(SpanKind.SERVER), "error.type")).isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void attemptsAtNodesThatAreAwayHaveASpanEach() {
        answers();
        assertThat(greeter.client.call(hello("127.0.0.1:1", ADDRESS)).succeeded())
                .isTrue();
        List<SpanData> attempts = greeter.spans().stream()
                .filter(span -> span.getKind() == SpanKind.CLIENT)
                .toList();
        assertThat(attempts)
                .extracting(span -> span.getStatus().getStatusCode())
                .containsExactly(StatusCode.ERROR, StatusCode.UNSET);
        assertThat(attempts)
                .extracting(span -> span.getAttributes().get(AttributeKey.longKey("rpc.attempt")))
                .containsExactly(0L, 1L);
        assertParent(attempts.get(0), greeter.span(SpanKind.INTERNAL));
        assertParent(attempts.get(1), greeter.span(SpanKind.INTERNAL));
        assertParent(greeter.span(SpanKind.SERVER), attempts.get(1));
        assertThat(greeter.span(SpanKind.INTERNAL).getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    }

    @Test
    void anAttemptThatLostIsNoError() {
        List<Promise<StringValue>> calls = new ArrayList<>();
        greeter.server.handle(HELLO, (request, context) -> {
            Promise<StringValue> answer = Promise.promise();
            calls.add(answer);
            return answer.future();
        });
        greeter.server.start();
        Future<StringValue> answer = greeter.client.call(hello(ADDRESS, ADDRESS)
                .withOptions(hello(ADDRESS, ADDRESS).options().withHedge(HedgeOptions.DEFAULTS)));
        greeter.timers.advance(Duration.ofMillis(50));
        assertThat(calls).hasSize(2);
        calls.get(1).complete(StringValue.of("second"));
        assertThat(answer.result().getValue()).isEqualTo("second");
        List<SpanData> attempts = greeter.spans().stream()
                .filter(span -> span.getKind() == SpanKind.CLIENT)
                .toList();
        assertThat(attempts).hasSize(2);
        assertThat(attempts).allMatch(span -> span.getStatus().getStatusCode() == StatusCode.UNSET);
        assertThat(attempts)
                .extracting(span -> span.getAttributes().get(AttributeKey.booleanKey("rpc.attempt.lost")))
                .containsExactlyInAnyOrder(true, null);
    }

    @Test
    void callsThatAreNeverAnsweredEndWhenTheirTimeIsUp() {
        greeter.server.handle(
                HELLO, (request, context) -> Promise.<StringValue>promise().future());
        greeter.server.start();
        Future<StringValue> answer = greeter.client.call(hello());
        assertThat(greeter.spans()).isEmpty();
        greeter.timers.advance(Duration.ofSeconds(5));
        assertThat(answer.failed()).isTrue();
        for (SpanKind kind : List.of(SpanKind.SERVER, SpanKind.CLIENT, SpanKind.INTERNAL)) {
            assertThat(text(greeter.span(kind), "error.type")).as(kind.name()).isEqualTo("408");
        }
        assertThat(greeter.span(SpanKind.INTERNAL).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(greeter.span(SpanKind.SERVER).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    }

    @Test
    void callersThatAreGoneAreNoErrorOfTheServer() {
        fails(MicroException.timeout("go.micro.server", "caller is gone"));
        assertThat(text(greeter.span(SpanKind.SERVER), "error.type")).isEqualTo("408");
        assertThat(greeter.span(SpanKind.SERVER).getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    }

    @Test
    void callsThatAreGivenUpEndAtOnce() {
        greeter.server.handle(
                HELLO, (request, context) -> Promise.<StringValue>promise().future());
        greeter.server.start();
        Cancellation cancellation = new Cancellation();
        greeter.client.call(CallContext.create().withCancellation(cancellation), hello());
        cancellation.cancel(MicroException.timeout("test", "nobody waits"));
        assertThat(greeter.span(SpanKind.CLIENT).hasEnded()).isTrue();
        assertThat(greeter.span(SpanKind.INTERNAL).hasEnded()).isTrue();
        assertThat(greeter.span(SpanKind.SERVER).hasEnded()).isTrue();
    }

    @Test
    void endpointsThatThereAreNotHaveOneName() {
        answers();
        Endpoint<StringValue, StringValue> none =
                Endpoint.unary("Greeter.Chosen1", StringValue.class, StringValue.class);
        greeter.client.call(to(none));
        SpanData handler = greeter.span(SpanKind.SERVER);
        assertThat(handler.getName()).isEqualTo("greeter._OTHER");
        assertThat(text(handler, "rpc.method")).isEqualTo("_OTHER");
        assertThat(text(handler, "rpc.method_original")).isEqualTo("Greeter.Chosen1");
    }

    @Test
    void namesMayBeThoseOfOpenTelemetrysConventions() {
        greeter = new TracedGreeter(
                TracingOptions.DEFAULTS.withNames(SpanNames.SEMCONV).withAttempts(false));
        answers();
        greeter.client.call(hello());
        assertThat(greeter.spans()).extracting(SpanData::getName).containsOnly("greeter/Greeter.Hello");
        assertParent(greeter.span(SpanKind.SERVER), greeter.span(SpanKind.CLIENT));
    }

    @Test
    void handlersHaveOpenTelemetrysOwnContextWhereThatIsWanted() {
        greeter = new TracedGreeter(TracingOptions.DEFAULTS.withCurrent(true));
        List<String> seen = new ArrayList<>();
        greeter.server.handle(HELLO, (request, context) -> {
            seen.add(Span.current().getSpanContext().getSpanId());
            return Future.succeededFuture(request);
        });
        greeter.server.start();
        greeter.client.call(hello());
        assertThat(seen).containsExactly(greeter.span(SpanKind.SERVER).getSpanId());
        assertThat(Span.current().getSpanContext().isValid()).isFalse();
    }
}
