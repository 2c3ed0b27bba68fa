package dev.vertxmicro.wrapper.tracing;

import static dev.vertxmicro.wrapper.tracing.TracedGreeter.HELLO;
import static dev.vertxmicro.wrapper.tracing.TracedGreeter.STUDENTS;
import static dev.vertxmicro.wrapper.tracing.TracedGreeter.hello;
import static dev.vertxmicro.wrapper.tracing.TracedGreeter.to;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.message.Endpoint;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.vertx.core.Future;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages: a span for each that is published, and one for each subscriber beneath it. */
class MessageSpansTest {
    private static final Endpoint<StringValue, StringValue> ECHO =
            Endpoint.unary("Greeter.Echo", StringValue.class, StringValue.class);

    private TracedGreeter greeter = new TracedGreeter();

    private static String text(SpanData span, String key) {
        return String.valueOf(span.getAttributes().get(AttributeKey.stringKey(key)));
    }

    @Test
    void subscribersGoOnWithTheTraceOfThePublisher() {
        greeter.server.subscribe(STUDENTS, (message, context) -> Future.succeededFuture());
        greeter.server.start();
        greeter.client.publish(STUDENTS, StringValue.of("davie"));
        SpanData published = greeter.span(SpanKind.PRODUCER);
        SpanData processed = greeter.span(SpanKind.CONSUMER);
        assertThat(processed.getParentSpanId()).isEqualTo(published.getSpanId());
        assertThat(processed.getTraceId()).isEqualTo(published.getTraceId());
        assertThat(published.getName()).isEqualTo("Pub to students");
        assertThat(processed.getName()).isEqualTo("Pub to students");
        assertThat(text(published, "messaging.destination.name")).isEqualTo("students");
        assertThat(text(published, "messaging.operation.type")).isEqualTo("send");
        assertThat(text(processed, "messaging.operation.type")).isEqualTo("process");
        assertThat(text(processed, "messaging.message.id")).isNotEqualTo("null");
    }

    @Test
    void whatAHandlerPublishesAndASubscriberCallsIsOneTrace() {
        greeter.server.handle(HELLO, (request, context) -> greeter.client
                .publish(context, STUDENTS, request)
                .map(done -> request));
        greeter.server.handle(ECHO, (request, context) -> Future.succeededFuture(request));
        greeter.server.subscribe(
                STUDENTS,
                (message, context) -> greeter.client.call(context, to(ECHO)).mapEmpty());
        greeter.server.start();
        greeter.client.call(hello());
        List<SpanData> handlers = greeter.spans().stream()
                .filter(span -> span.getKind() == SpanKind.SERVER)
                .toList();
        assertThat(handlers)
                .extracting(SpanData::getName)
                .containsExactlyInAnyOrder("greeter.Greeter.Hello", "greeter.Greeter.Echo");
        assertThat(handlers)
                .extracting(SpanData::getSpanId)
                .contains(greeter.span(SpanKind.PRODUCER).getParentSpanId());
        assertThat(greeter.span(SpanKind.CONSUMER).getParentSpanId())
                .isEqualTo(greeter.span(SpanKind.PRODUCER).getSpanId());
        assertThat(greeter.spans())
                .filteredOn(span -> span.getKind() == SpanKind.INTERNAL)
                .extracting(SpanData::getParentSpanId)
                .contains(greeter.span(SpanKind.CONSUMER).getSpanId());
        assertThat(greeter.spans())
                .extracting(SpanData::getTraceId)
                .containsOnly(handlers.get(0).getTraceId());
    }

    @Test
    void subscribersThatFailAreErrors() {
        greeter.server.subscribe(
                STUDENTS, (message, context) -> Future.failedFuture(new IllegalStateException("broken")));
        greeter.server.start();
        greeter.client.publish(STUDENTS, StringValue.of("davie"));
        assertThat(greeter.spans())
                .filteredOn(span -> span.getKind() == SpanKind.CONSUMER)
                .isNotEmpty()
                .allMatch(span -> span.getStatus().getStatusCode() == StatusCode.ERROR);
    }

    @Test
    void namesMayBeThoseOfOpenTelemetrysConventions() {
        greeter = new TracedGreeter(TracingOptions.DEFAULTS.withNames(SpanNames.SEMCONV));
        greeter.server.subscribe(STUDENTS, (message, context) -> Future.succeededFuture());
        greeter.server.start();
        greeter.client.publish(STUDENTS, StringValue.of("davie"));
        assertThat(greeter.span(SpanKind.PRODUCER).getName()).isEqualTo("publish students");
        assertThat(greeter.span(SpanKind.CONSUMER).getName()).isEqualTo("process students");
    }
}
