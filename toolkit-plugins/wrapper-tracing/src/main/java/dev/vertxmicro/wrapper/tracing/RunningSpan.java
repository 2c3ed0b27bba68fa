package dev.vertxmicro.wrapper.tracing;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.RareWarning;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.vertx.core.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A span, and the context that goes on with it. Its end is told by whoever finds it first; never throws. */
final class RunningSpan {
    private static final RareWarning BROKEN = RareWarning.of(LateLogger.of(Tracing.class));
    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
    private static final AttributeKey<Boolean> LOST = AttributeKey.booleanKey("rpc.attempt.lost");
    private static final int FIRST_OF_SERVERS = 500;
    private static final int FIRST_OF_CALLERS = 400;
    private static final int TIMED_OUT = 408;
    /** Who says that a caller went away; that time is up says the service. */
    private static final String GONE = "go.micro.server";

    private final Span span;
    private final SpanKind kind;
    private final Context telemetry;
    private final CallContext context;
    private final boolean current;
    private final boolean recording;

    RunningSpan(Span span, SpanKind kind, Context telemetry, CallContext context, boolean current) {
        this.span = span;
        this.kind = kind;
        this.telemetry = telemetry;
        this.context = context;
        this.current = current;
        this.recording = span.isRecording();
    }

    /** Stands for one that could not be begun. */
    static RunningSpan none(CallContext context) {
        return new RunningSpan(Span.getInvalid(), SpanKind.INTERNAL, Context.root(), context, false);
    }

    boolean isRecording() {
        return recording;
    }

    Span span() {
        return span;
    }

    CallContext context() {
        return context;
    }

    /**
     * Runs what neither throws nor gives null, with the span as the current one of OpenTelemetry if that is wanted: for the interceptors
     * inside of this one. The handler may begin on another thread, and has it by the scope in its context.
     */
    <T> Future<T> run(Supplier<Future<T>> handler) {
        if (!current) {
            return handler.get();
        }
        Scope scope = telemetry.makeCurrent();
        try {
            return handler.get();
        } finally {
            scope.close();
        }
    }

    /** Ends the span with a future, or when nobody waits any more. */
    <T> Future<T> until(Future<T> done) {
        if (!recording) {
            return done;
        }
        if (done.isComplete()) {
            end(done.cause());
            return done;
        }
        Runnable unhook = onCancel();
        return done.onComplete(ended -> {
            unhook.run();
            end(ended.cause());
        });
    }

    /** Has the span end when nobody waits any more. */
    Runnable onCancel() {
        Cancellation cancellation = context.cancellation();
        return cancellation.onCancel(() -> end(cancellation.cause()));
    }

    /** Ends the span; only the first end counts. */
    void end(@Nullable Throwable failure) {
        if (!recording) {
            return;
        }
        try {
            if (failure != null) {
                failed(failure);
            }
        } catch (Throwable thrown) {
            BROKEN.error("a span could not be ended", thrown);
        } finally {
            close();
        }
    }

    /** Ends the span of an attempt that another one was faster than. */
    void lost() {
        try {
            span.setAttribute(LOST, true);
        } catch (Throwable thrown) {
            BROKEN.error("a span could not be ended", thrown);
        } finally {
            close();
        }
    }

    private void close() {
        try {
            span.end();
        } catch (Throwable thrown) {
            BROKEN.error("a span could not be ended", thrown);
        }
    }

    private void failed(Throwable failure) {
        if (failure instanceof MicroException error) {
            span.setAttribute(ERROR_TYPE, error.code() == 0 ? "_OTHER" : Integer.toString(error.code()));
            if (kind != SpanKind.SERVER || !isOfCaller(error)) {
                span.setStatus(StatusCode.ERROR, SpanNames.cut(error.detail()));
            }
        } else {
            span.setAttribute(ERROR_TYPE, failure.getClass().getName());
            span.setStatus(StatusCode.ERROR, SpanNames.cut(String.valueOf(failure.getMessage())));
        }
    }

    /** What a caller did wrong is no error of the server, nor that he went away; that time was up is. */
    private static boolean isOfCaller(MicroException error) {
        if (error.code() == TIMED_OUT) {
            return error.id().equals(GONE);
        }
        return error.code() >= FIRST_OF_CALLERS && error.code() < FIRST_OF_SERVERS;
    }
}
