package dev.vertxmicro.wrapper.tracing;

import static dev.vertxmicro.wrapper.tracing.TracedGreeter.CHAT;
import static dev.vertxmicro.wrapper.tracing.TracedGreeter.hello;
import static dev.vertxmicro.wrapper.tracing.TracedGreeter.to;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Streams: one span from the opening to the end, on either side. */
class StreamSpansTest {
    private final List<String> received = new ArrayList<>();
    private TracedGreeter greeter = new TracedGreeter();

    private ClientStream<StringValue, StringValue> opened() {
        greeter.server.handleStream(CHAT, (stream, context) -> {
            stream.onMessage(message -> stream.send(StringValue.of("you said " + message.getValue())));
            return stream.ended();
        });
        greeter.server.start();
        ClientStream<StringValue, StringValue> stream =
                greeter.client.stream(CallContext.create(), to(CHAT)).result();
        return stream.onMessage(message -> received.add(message.getValue())).resume();
    }

    @Test
    void lastFromTheOpeningToTheEnd() {
        ClientStream<StringValue, StringValue> stream = opened();
        stream.send(StringValue.of("hello"));
        assertThat(received).containsExactly("you said hello");
        // the opening is over, the stream is not
        assertThat(greeter.spans()).extracting(SpanData::getKind).containsExactly(SpanKind.CLIENT);
        stream.end();
        assertThat(stream.ended().succeeded()).isTrue();
        SpanData call = greeter.span(SpanKind.INTERNAL);
        SpanData handler = greeter.span(SpanKind.SERVER);
        assertThat(call.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(handler.getTraceId()).isEqualTo(call.getTraceId());
        assertThat(handler.getParentSpanId())
                .isEqualTo(greeter.span(SpanKind.CLIENT).getSpanId());
        assertThat(call.getEvents()).isEmpty();
    }

    @Test
    void messagesAreEventsWhereThatIsWanted() {
        greeter = new TracedGreeter(TracingOptions.DEFAULTS.withMessages(true));
        ClientStream<StringValue, StringValue> stream = opened();
        stream.send(StringValue.of("hello"));
        stream.end();
        for (SpanKind kind : List.of(SpanKind.INTERNAL, SpanKind.SERVER)) {
            List<EventData> events = greeter.span(kind).getEvents();
            assertThat(events).extracting(EventData::getName).containsExactly("rpc.message", "rpc.message");
            assertThat(events)
                    .extracting(event -> event.getAttributes().get(AttributeKey.stringKey("rpc.message.type")))
                    .containsExactlyInAnyOrder("SENT", "RECEIVED");
        }
    }

    @Test
    void eventsOfAStreamWithoutEndAreBounded() {
        greeter = new TracedGreeter(TracingOptions.DEFAULTS.withMessages(true));
        ClientStream<StringValue, StringValue> stream = opened();
        for (int i = 0; i < 1000; i++) {
            stream.send(StringValue.of("hello"));
        }
        stream.end();
        assertThat(greeter.span(SpanKind.SERVER).getEvents()).hasSize(128);
    }

    @Test
    void endWhenTheCallerGivesUp() {
        ClientStream<StringValue, StringValue> stream = opened();
        stream.cancel(MicroException.timeout("test", "enough"));
        assertThat(greeter.span(SpanKind.INTERNAL).hasEnded()).isTrue();
        assertThat(greeter.span(SpanKind.SERVER).hasEnded()).isTrue();
    }

    @Test
    void endOnceWhenTheHandlerFails() {
        greeter.server.handleStream(
                CHAT, (stream, context) -> Future.failedFuture(MicroException.internal("greeter", "broken")));
        greeter.server.start();
        greeter.client.stream(CallContext.create(), to(CHAT));
        assertThat(greeter.span(SpanKind.SERVER).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(greeter.span(SpanKind.INTERNAL).getStatus().getDescription()).isEqualTo("broken");
    }

    @Test
    void handlersThatNeverEndDoNotKeepTheirSpan() {
        greeter.server.handleStream(
                CHAT, (stream, context) -> Promise.<Void>promise().future());
        greeter.server.start();
        ClientStream<StringValue, StringValue> stream =
                greeter.client.stream(CallContext.create(), to(CHAT)).result();
        stream.cancel(MicroException.timeout("test", "enough"));
        assertThat(greeter.span(SpanKind.SERVER).hasEnded()).isTrue();
    }

    @Test
    void openingsThatFailEndTheirSpan() {
        greeter.client.stream(CallContext.create(), to(CHAT, "127.0.0.1:1"));
        greeter.timers.advance(Duration.ofSeconds(1)); // until it is tried again
        assertThat(greeter.span(SpanKind.INTERNAL).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    }

    @Test
    void callsOfAStreamsHandlerAreItsChildren() {
        Endpoint<StringValue, StringValue> called = TracedGreeter.HELLO;
        greeter.server.handle(called, (request, context) -> Future.succeededFuture(request));
        greeter.server.handleStream(
                CHAT, (stream, context) -> greeter.client.call(context, hello()).compose(stream::send));
        greeter.server.start();
        greeter.client.stream(CallContext.create(), to(CHAT)).result().resume();
        List<SpanData> calls = greeter.spans().stream()
                .filter(span ->
                        span.getKind() == SpanKind.INTERNAL && span.getName().endsWith("Hello"))
                .toList();
        SpanData handler = greeter.spans().stream()
                .filter(span ->
                        span.getKind() == SpanKind.SERVER && span.getName().endsWith("Chat"))
                .findFirst()
                .orElseThrow();
        assertThat(calls).extracting(SpanData::getParentSpanId).containsExactly(handler.getSpanId());
    }
}
