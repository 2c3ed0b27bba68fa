package dev.vertxmicro.wrapper.tracing;

import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.ContextKey;
import dev.vertxmicro.spi.ServiceIdentity;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.wrapper.Wrapper;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import io.vertx.core.Future;
import java.util.List;

/** Makes wrappers that trace, and gives handlers the span that is theirs. Stateless; may be used from any thread. */
public final class Tracing {
    /** How descriptors call it. */
    public static final String TYPE = "tracing";

    private static final ContextKey<Context> CONTEXT = ContextKey.named("context of OpenTelemetry");

    /** What makes the spans, as OpenTelemetry calls it. */
    static final String SCOPE = "dev.vertxmicro";

    private static final io.opentelemetry.context.ContextKey<Tracer> TRACER =
            io.opentelemetry.context.ContextKey.named("tracer of vertx-micro");

    private Tracing() {}

    /**
     * Makes a wrapper with an exporter of its own, as the options and OpenTelemetry's environment variables say. Closing it sends what
     * waits, within {@link TracingOptions#closeTimeout}.
     *
     * @param options the settings
     * @param who     who the service is
     * @param timers  the clock
     * @return the wrapper
     * @throws IllegalArgumentException if OpenTelemetry refuses the settings or the environment
     */
    public static Wrapper create(TracingOptions options, ServiceIdentity who, Timers timers) {
        SpanExport export = SpanExport.start(options, who, timers);
        return new TracingWrapper(export.telemetry(), who.name(), options, export.spans()::readings, export::close);
    }

    /**
     * Makes a wrapper around an OpenTelemetry that is there already. Of the options only {@code names}, {@code attempts}, {@code messages}
     * and {@code current} are of concern.
     *
     * @param telemetry gives the tracer and the propagators; closing the wrapper does not close it
     * @param service   name of the service, for the names of spans of handlers
     * @param options   the settings
     * @return the wrapper
     */
    public static Wrapper of(OpenTelemetry telemetry, String service, TracingOptions options) {
        return new TracingWrapper(telemetry, service, options, List::of, Future::succeededFuture);
    }

    /**
     * Gives the span of a call: in a handler its own, which it may give attributes and events.
     *
     * @param context context of the call
     * @return the span; one that does nothing where nothing is traced
     */
    public static Span span(CallContext context) {
        return Span.fromContext(context(context));
    }

    /**
     * Gives OpenTelemetry's context of a call, for other libraries that are to go on with the trace.
     *
     * @param context context of the call
     * @return its span and baggage; the root where nothing is traced
     */
    public static Context context(CallContext context) {
        return context.value(CONTEXT).orElseGet(Context::root);
    }

    /**
     * Returns a copy whose calls, streams and messages belong to this context, such as that of a span which a handler began itself.
     *
     * @param context   context of a call
     * @param telemetry with the span that is to be the parent
     * @return the copy
     */
    public static CallContext with(CallContext context, Context telemetry) {
        return context.withValue(CONTEXT, telemetry);
    }

    /**
     * Gives the tracer for spans of one's own beneath that of a call, whose parent is {@link #context}.
     *
     * @param context context of the call
     * @return the tracer of the wrapper; one that does nothing where nothing is traced
     */
    public static Tracer tracer(CallContext context) {
        Tracer tracer = context(context).get(TRACER);
        return tracer == null ? TracerProvider.noop().get(SCOPE) : tracer;
    }

    /** Has what is begun beneath a context find its tracer. */
    static Context with(Context telemetry, Tracer tracer) {
        return telemetry.get(TRACER) == tracer ? telemetry : telemetry.with(TRACER, tracer);
    }

    static boolean isIn(CallContext context) {
        return context.value(CONTEXT).isPresent();
    }
}
