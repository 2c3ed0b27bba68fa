package dev.vertxmicro.wrapper.resilience.time;

import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.error.Catching;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.server.EventHandler;
import dev.vertxmicro.server.Handler;
import dev.vertxmicro.server.ServerInterceptor;
import dev.vertxmicro.server.ServerStream;
import dev.vertxmicro.server.StreamHandler;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/** Ends handlers whose time is up: their caller is told, and they are by their context's cancellation. */
public final class TimedServer implements ServerInterceptor {
    private final TimeLimits limits;
    private final String service;
    private final Timers timers;

    /**
     * Limits the time of handlers.
     *
     * @param limits  how long they may take
     * @param service id of the errors
     * @param timers  the clock
     */
    public TimedServer(TimeLimits limits, String service, Timers timers) {
        this.limits = limits;
        this.service = service;
        this.timers = timers;
    }

    @Override
    public <Q, R> Future<R> intercept(Endpoint<Q, R> endpoint, Q request, CallContext context, Handler<Q, R> next) {
        return limits.call() == 0 || ServerInterceptor.refused(context)
                ? next.handle(request, context)
                : within(limits.call(), context, timed -> next.handle(request, timed));
    }

    @Override
    public <M> Future<Void> interceptMessage(Topic<M> topic, M message, CallContext context, EventHandler<M> next) {
        return limits.message() == 0
                ? next.handle(message, context)
                : within(limits.message(), context, timed -> next.handle(message, timed));
    }

    /** A deadline that comes before is the server's to keep. */
    private <T> Future<T> within(long nanos, CallContext context, Function<CallContext, Future<T>> step) {
        long due = timers.nanoTime() + nanos;
        if (context.hasDeadline() && context.deadline() - due <= 0) {
            return step.apply(context);
        }
        Ending<T> ending = new Ending<>(context, timers.promise());
        Timer timer = timers.schedule(
                Duration.ofNanos(nanos), () -> ending.fail(timeout("handler has not completed in time")));
        return ending.of(timer, () -> step.apply(ending.context().withDeadline(due)));
    }

    private MicroException timeout(String detail) {
        return MicroException.timeout(service, detail).withoutStackTrace();
    }

    @Override
    public <Q, R> Future<Void> interceptStream(
            Endpoint<Q, R> endpoint, ServerStream<Q, R> stream, CallContext context, StreamHandler<Q, R> next) {
        if (limits.idle() == 0 || ServerInterceptor.refused(context)) {
            return next.handle(stream, context);
        }
        Ending<Void> ending = new Ending<>(context, timers.promise());
        IdleWatch watch =
                new IdleWatch(timers, limits.idle(), () -> ending.fail(timeout("stream was idle for too long")));
        return ending.of(watch, () -> next.handle(new WatchedServerStream<>(stream, watch), ending.context()));
    }

    /** What comes of a handler, or the end of its time, whichever is first; nothing is timed any more when nobody waits. */
    private static final class Ending<T> {
        private final CallContext original;
        private final Promise<T> promise;
        private final Cancellation cancellation = new Cancellation();
        private final Runnable unhook;
        private volatile boolean gone;
        private volatile Timer timer = () -> {};

        Ending(CallContext original, Promise<T> promise) {
            this.original = original;
            this.promise = promise;
            this.unhook = original.cancellation().onCancel(this::leave);
        }

        private void leave() {
            gone = true;
            timer.cancel();
            cancellation.cancel(original.cancellation().cause());
        }

        CallContext context() {
            return original.withCancellation(cancellation);
        }

        void fail(MicroException error) {
            if (promise.tryFail(error)) {
                unhook.run();
                cancellation.cancel(error);
            }
        }

        Future<T> of(Timer running, Supplier<Future<T>> handler) {
            timer = running;
            if (gone) {
                running.cancel();
            }
            Catching.future("handler", handler).onComplete(done -> {
                running.cancel();
                unhook.run();
                if (done.succeeded()) {
                    promise.tryComplete(done.result());
                } else {
                    promise.tryFail(done.cause());
                }
            });
            return promise.future();
        }
    }
}
