package dev.vertxmicro.wrapper.tracing;

import dev.vertxmicro.client.AttemptInterceptor.NodeAttempt;
import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.ThreadScope;
import dev.vertxmicro.server.ServerInterceptor;
import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.RareWarning;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.util.function.Supplier;

/**
 * Begins spans, with the attributes of OpenTelemetry's conventions for RPC and messaging. Never throws: what goes wrong is said once in
 * a while, and the call goes on untraced.
 */
final class Spans {
    private static final RareWarning BROKEN = RareWarning.of(LateLogger.of(Tracing.class));

    private static final AttributeKey<String> RPC_SYSTEM = AttributeKey.stringKey("rpc.system");
    private static final AttributeKey<String> RPC_SERVICE = AttributeKey.stringKey("rpc.service");
    private static final AttributeKey<String> RPC_METHOD = AttributeKey.stringKey("rpc.method");
    private static final AttributeKey<String> RPC_METHOD_ORIGINAL = AttributeKey.stringKey("rpc.method_original");
    private static final AttributeKey<String> SERVER_ADDRESS = AttributeKey.stringKey("server.address");
    private static final AttributeKey<Long> SERVER_PORT = AttributeKey.longKey("server.port");
    private static final AttributeKey<String> CLIENT_ADDRESS = AttributeKey.stringKey("client.address");
    private static final AttributeKey<Long> CLIENT_PORT = AttributeKey.longKey("client.port");
    private static final AttributeKey<String> NODE = AttributeKey.stringKey("service.peer.instance.id");
    private static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("rpc.attempt");
    private static final AttributeKey<String> MESSAGING_SYSTEM = AttributeKey.stringKey("messaging.system");
    private static final AttributeKey<String> DESTINATION = AttributeKey.stringKey("messaging.destination.name");
    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("messaging.operation.name");
    private static final AttributeKey<String> OPERATION_TYPE = AttributeKey.stringKey("messaging.operation.type");
    private static final AttributeKey<String> MESSAGE_ID = AttributeKey.stringKey("messaging.message.id");

    private static final String SYSTEM = "go-micro";
    /** Stands for names that no endpoint has: there may be any number of them. */
    private static final String OTHER = "_OTHER";

    private final Tracer tracer;
    private final Context root;
    private final Propagation propagation;
    private final String service;
    private final SpanNames names;
    private final SpanKind callKind;
    private final boolean current;
    private final boolean followsParents;
    private volatile String messagingSystem = SYSTEM;

    Spans(OpenTelemetry telemetry, String service, TracingOptions options) {
        this.tracer = telemetry.getTracer(Tracing.SCOPE);
        this.root = Tracing.with(Context.root(), tracer);
        this.propagation = new Propagation(telemetry.getPropagators().getTextMapPropagator());
        this.service = service;
        this.names = options.names();
        // the span whose child is that of the server is the client's; what stands above several of them is internal
        this.callKind = options.attempts() ? SpanKind.INTERNAL : SpanKind.CLIENT;
        this.current = options.current();
        this.followsParents = followsParents(telemetry);
    }

    /** Tells whether a trace that its caller does not record is recorded nowhere. */
    private static boolean followsParents(OpenTelemetry telemetry) {
        if (!(telemetry instanceof OpenTelemetrySdk sdk)) {
            return false;
        }
        String sampler = sdk.getSdkTracerProvider().getSampler().getDescription();
        return sampler.startsWith("ParentBased{")
                && sampler.contains("remoteParentNotSampled:AlwaysOffSampler")
                && sampler.contains("localParentNotSampled:AlwaysOffSampler");
    }

    /** Says what carries the messages. */
    void messagingSystem(String broker) {
        messagingSystem = broker;
    }

    RunningSpan call(CallContext context, String called, String endpoint) {
        return total(context, () -> {
            RunningSpan span = begin(callKind, parent(context), context, () -> names.call(called, endpoint));
            if (span.isRecording()) {
                rpc(span.span(), called, endpoint);
            }
            return span;
        });
    }

    RunningSpan attempt(CallContext context, NodeAttempt attempt) {
        return total(context, () -> {
            String name = names.call(attempt.service(), attempt.endpoint());
            RunningSpan span = begin(SpanKind.CLIENT, Tracing.context(context), context, () -> name);
            if (span.isRecording()) {
                rpc(span.span(), attempt.service(), attempt.endpoint());
                address(span.span(), attempt.node().address(), SERVER_ADDRESS, SERVER_PORT);
                span.span().setAttribute(NODE, attempt.node().id()).setAttribute(ATTEMPT, (long) attempt.number());
            }
            return span;
        });
    }

    RunningSpan handled(CallContext context, String endpoint) {
        return total(context, () -> {
            boolean refused = ServerInterceptor.refused(context);
            Context parent = propagation.extract(root, context.metadata());
            RunningSpan span =
                    begin(SpanKind.SERVER, parent, context, () -> names.call(service, refused ? OTHER : endpoint));
            if (span.isRecording()) {
                rpc(span.span(), service, refused ? OTHER : endpoint);
                if (refused) {
                    span.span().setAttribute(RPC_METHOD_ORIGINAL, SpanNames.cut(endpoint));
                }
                address(span.span(), context.peer().remote(), CLIENT_ADDRESS, CLIENT_PORT);
                address(span.span(), context.peer().local(), SERVER_ADDRESS, SERVER_PORT);
            }
            return span;
        });
    }

    RunningSpan published(CallContext context, String topic) {
        return total(context, () -> {
            RunningSpan span = begin(SpanKind.PRODUCER, parent(context), context, () -> names.published(topic));
            if (span.isRecording()) {
                messaging(span.span(), topic, "publish", "send");
            }
            return span;
        });
    }

    RunningSpan processed(CallContext context, String topic) {
        return total(context, () -> {
            Context parent = propagation.extract(root, context.metadata());
            RunningSpan span = begin(SpanKind.CONSUMER, parent, context, () -> names.processed(topic));
            if (span.isRecording()) {
                messaging(span.span(), topic, "process", "process");
                String id = context.metadata().value(Headers.ID, "");
                if (!id.isEmpty()) {
                    span.span().setAttribute(MESSAGE_ID, id);
                }
            }
            return span;
        });
    }

    /** The span of the handler that calls, or what an application put into the metadata by itself. */
    private Context parent(CallContext context) {
        if (Tracing.isIn(context)) {
            return Tracing.with(Tracing.context(context), tracer);
        }
        Context base = current ? Tracing.with(Context.current(), tracer) : root;
        if (Span.fromContext(base).getSpanContext().isValid()) {
            return base;
        }
        Context sent = propagation.extract(base, context.outgoing());
        return Span.fromContext(sent).getSpanContext().isValid() ? sent : propagation.extract(sent, context.metadata());
    }

    private RunningSpan begin(SpanKind kind, Context parent, CallContext context, Supplier<String> name) {
        SpanContext above = Span.fromContext(parent).getSpanContext();
        Context own = followsParents && above.isValid() && !above.isSampled()
                ? parent
                : parent.with(tracer.spanBuilder(name.get())
                        .setParent(parent)
                        .setSpanKind(kind)
                        .startSpan());
        CallContext carrying = Tracing.with(propagation.inject(own, context), own);
        if (current && (kind == SpanKind.SERVER || kind == SpanKind.CONSUMER)) {
            carrying = ThreadScope.within(carrying, () -> entered(own));
        }
        return new RunningSpan(Span.fromContext(own), kind, own, carrying, current);
    }

    @SuppressWarnings("MustBeClosedChecker") // by whoever leaves the scope
    private static ThreadScope.Exit entered(Context telemetry) {
        return telemetry.makeCurrent()::close;
    }

    private static void rpc(Span span, String service, String endpoint) {
        span.setAttribute(RPC_SYSTEM, SYSTEM)
                .setAttribute(RPC_SERVICE, SpanNames.cut(service))
                .setAttribute(RPC_METHOD, SpanNames.cut(endpoint));
    }

    private void messaging(Span span, String topic, String operation, String type) {
        span.setAttribute(MESSAGING_SYSTEM, messagingSystem)
                .setAttribute(DESTINATION, SpanNames.cut(topic))
                .setAttribute(OPERATION, operation)
                .setAttribute(OPERATION_TYPE, type);
    }

    private static void address(Span span, String address, AttributeKey<String> host, AttributeKey<Long> port) {
        HostPort.split(address)
                .ifPresent(at -> span.setAttribute(host, at.host()).setAttribute(port, (long) at.port()));
    }

    private static RunningSpan total(CallContext context, Supplier<RunningSpan> begin) {
        try {
            return begin.get();
        } catch (Throwable thrown) {
            BROKEN.error("tracing failed, the call goes on without", thrown);
            return RunningSpan.none(context);
        }
    }
}
