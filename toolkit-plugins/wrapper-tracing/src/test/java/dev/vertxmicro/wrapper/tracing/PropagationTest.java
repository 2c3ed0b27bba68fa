package dev.vertxmicro.wrapper.tracing;

import static dev.vertxmicro.wrapper.tracing.TracedGreeter.HELLO;
import static dev.vertxmicro.wrapper.tracing.TracedGreeter.hello;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Metadata;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import io.opentelemetry.extension.trace.propagation.B3Propagator;
import io.opentelemetry.extension.trace.propagation.JaegerPropagator;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Traces travel in metadata, in the words of whichever propagators there are, and no part of them fails a call. */
@SuppressWarnings("deprecation") // of jaeger's headers, which stock services send
class PropagationTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String NOT_SAMPLED = "00-" + TRACE + "-00f067aa0ba902b7-00";

    private final List<CallContext> handled = new ArrayList<>();

    private TracedGreeter greeter(Sampler sampler, TextMapPropagator propagator) {
        TracedGreeter greeter = new TracedGreeter(TracingOptions.DEFAULTS, sampler, propagator);
        greeter.server.handle(HELLO, (request, context) -> {
            handled.add(context);
            return Future.succeededFuture(request);
        });
        greeter.server.start();
        return greeter;
    }

    private TracedGreeter greeter(TextMapPropagator propagator) {
        return greeter(Sampler.parentBased(Sampler.alwaysOn()), propagator);
    }

    private String received(String name) {
        return handled.get(0).metadata().value(name, "");
    }

    private static void assertOneTrace(TracedGreeter greeter, String trace) {
        assertThat(greeter.spans()).hasSize(3);
        assertThat(greeter.spans()).extracting(SpanData::getTraceId).containsOnly(trace);
    }

    @Test
    void asTheW3cHasIt() {
        TracedGreeter greeter = greeter(TracedGreeter.w3c());
        Context telemetry =
                Context.root().with(Baggage.builder().put("tenant", "a").build());
        greeter.client.call(Tracing.with(CallContext.create(), telemetry), hello());
        String trace = greeter.span(SpanKind.INTERNAL).getTraceId();
        assertThat(received("Traceparent"))
                .startsWith("00-" + trace + "-" + greeter.span(SpanKind.CLIENT).getSpanId());
        assertThat(received("Baggage")).isEqualTo("tenant=a");
        assertThat(Baggage.fromContext(Tracing.context(handled.get(0))).getEntryValue("tenant"))
                .isEqualTo("a");
        assertOneTrace(greeter, trace);
    }

    @Test
    void asJaegerHasIt() {
        TracedGreeter greeter = greeter(JaegerPropagator.getInstance());
        CallContext context = CallContext.create().withMetadata("Uber-Trace-Id", TRACE + ":00f067aa0ba902b7:0:1");
        greeter.client.call(context, hello());
        assertThat(received("Uber-Trace-Id"))
                .isEqualTo(TRACE + ":" + greeter.span(SpanKind.CLIENT).getSpanId() + ":0:1");
        assertOneTrace(greeter, TRACE);
    }

    @Test
    void asB3HasItInOneHeaderOrSeveral() {
        TracedGreeter one = greeter(B3Propagator.injectingSingleHeader());
        one.client.call(
                CallContext.create()
                        .withMetadata("X-B3-TraceId", TRACE)
                        .withMetadata("X-B3-SpanId", "00f067aa0ba902b7")
                        .withMetadata("X-B3-Sampled", "1"),
                hello());
        assertThat(received("B3")).startsWith(TRACE + "-");
        assertOneTrace(one, TRACE);
        handled.clear();
        TracedGreeter several = greeter(B3Propagator.injectingMultiHeaders());
        several.client.call(CallContext.create().withMetadata("B3", TRACE + "-00f067aa0ba902b7-1"), hello());
        assertThat(received("X-B3-TraceId")).isEqualTo(TRACE);
        assertOneTrace(several, TRACE);
    }

    @Test
    void handlersSendTheirOwnSpanOnAlsoWithoutATracedClient() {
        TracedGreeter greeter = greeter(TracedGreeter.w3c());
        greeter.client.call(hello());
        assertThat(handled.get(0).outgoing().value("Traceparent", ""))
                .contains(greeter.span(SpanKind.SERVER).getSpanId());
    }

    @Test
    void whatTheCallerDoesNotRecordIsRecordedNowhereAndGoesOn() {
        TracedGreeter greeter = greeter(TracedGreeter.w3c());
        greeter.client.call(CallContext.create().withMetadata("Traceparent", NOT_SAMPLED), hello());
        assertThat(greeter.spans()).isEmpty();
        assertThat(received("Traceparent")).isEqualTo(NOT_SAMPLED);
        assertThat(Tracing.span(handled.get(0)).getSpanContext().getTraceId()).isEqualTo(TRACE);
    }

    @Test
    void tracesThatAreNotSampledAreSoEverywhere() {
        TracedGreeter greeter = greeter(Sampler.parentBased(Sampler.traceIdRatioBased(0)), TracedGreeter.w3c());
        greeter.client.call(hello());
        assertThat(greeter.spans()).isEmpty();
        assertThat(received("Traceparent")).endsWith("-02"); // random, not sampled
    }

    @Test
    void nonsenseBeginsANewTrace() {
        TracedGreeter greeter = greeter(TracedGreeter.w3c());
        for (String nonsense : List.of("", "00", "00-" + "0".repeat(32) + "-00f067aa0ba902b7-01", "ä".repeat(55))) {
            greeter.client.call(
                    CallContext.create().withMetadata("Traceparent", nonsense).withMetadata("Baggage", "=;,,="),
                    hello());
            assertThat(greeter.spans()).as(nonsense).hasSize(3);
            assertThat(greeter.spans().get(2).getParentSpanContext().isValid()).isFalse();
            greeter.exporter.reset();
        }
    }

    @Test
    void namesThatAreNoHeadersStayAtHome() {
        TracedGreeter greeter = greeter(JaegerPropagator.getInstance());
        Context telemetry = Context.root()
                .with(Baggage.builder().put("a b", "1").put("good", "2").build());
        assertThat(greeter.client
                        .call(Tracing.with(CallContext.create(), telemetry), hello())
                        .succeeded())
                .isTrue();
        assertThat(received("uberctx-good")).isEqualTo("2");
        assertThat(handled.get(0).metadata().toMap().toString()).doesNotContain("a b");
    }

    @Test
    void propagatorsThatThrowFailNoCall() {
        TracedGreeter greeter = greeter(new ThrowingPropagator());
        assertThat(greeter.client.call(hello()).succeeded()).isTrue();
        assertThat(handled).hasSize(1);
        assertThat(handled.get(0).metadata()).isNotEqualTo(Metadata.EMPTY);
    }

    private static final class ThrowingPropagator implements TextMapPropagator {
        @Override
        public Collection<String> fields() {
            return List.of();
        }

        @Override
        public <C> void inject(Context context, C carrier, TextMapSetter<C> setter) {
            throw new IllegalStateException("inject");
        }

        @Override
        public <C> Context extract(
                Context context, C carrier, io.opentelemetry.context.propagation.TextMapGetter<C> getter) {
            throw new IllegalStateException("extract");
        }
    }
}
