package dev.vertxmicro.wrapper.tracing;

import dev.vertxmicro.client.AttemptInterceptor;
import dev.vertxmicro.error.Catching;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import io.opentelemetry.api.trace.Span;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Traces each attempt beneath the span of its call; not where that is not recorded. */
final class AttemptSpans implements AttemptInterceptor {
    private final Spans spans;

    AttemptSpans(Spans spans) {
        this.spans = spans;
    }

    @Override
    public <T> Future<T> intercept(NodeAttempt attempt, CallContext context, Function<CallContext, Future<T>> next) {
        Span call = Tracing.span(context);
        if (!call.isRecording()) {
            return next.apply(context);
        }
        RunningSpan span = spans.attempt(context, attempt);
        Future<T> answer = Catching.future("transport", () -> next.apply(span.context()));
        if (!span.isRecording()) {
            return answer;
        }
        Cancellation cancellation = context.cancellation();
        Runnable unhook = cancellation.onCancel(() -> end(span, call, cancellation, cancellation.cause()));
        return answer.onComplete(done -> {
            unhook.run();
            end(span, call, cancellation, failure(done));
        });
    }

    /** One that is cancelled when its call has ended was slower than another. */
    private static void end(RunningSpan span, Span call, Cancellation cancellation, @Nullable Throwable failure) {
        if (cancellation.isCancelled() && !call.isRecording()) {
            span.lost();
        } else {
            span.end(failure);
        }
    }

    /** What the transport gives as an answer may be an error that the node sent. */
    private static @Nullable Throwable failure(AsyncResult<?> done) {
        if (done.failed()) {
            return done.cause();
        }
        if (done.result() instanceof Message answer) {
            String error = answer.headers().value(Headers.ERROR, "");
            return error.isEmpty() ? null : MicroException.parse(error);
        }
        return null;
    }
}
