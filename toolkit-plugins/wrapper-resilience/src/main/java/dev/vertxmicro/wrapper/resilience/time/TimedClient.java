package dev.vertxmicro.wrapper.resilience.time;

import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.client.ClientInterceptor;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.client.Response;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;

/** Gives calls of a client a deadline, all attempts together, and ends streams on which nothing happens. */
public final class TimedClient implements ClientInterceptor {
    private static final String ID = "go.micro.client";

    private final TimeLimits limits;
    private final Timers timers;

    /**
     * Limits the time of calls.
     *
     * @param limits how long they may take
     * @param timers the clock
     */
    public TimedClient(TimeLimits limits, Timers timers) {
        this.limits = limits;
        this.timers = timers;
    }

    @Override
    public <Q, R> Future<Response<R>> intercept(CallContext context, Request<Q, R> request, Exchange next) {
        return next.exchange(limits.call() == 0 ? context : Sooner.deadline(context, limits.call(), timers), request);
    }

    @Override
    public <Q, R> Future<ClientStream<Q, R>> interceptStream(CallContext context, Request<Q, R> request, Opening next) {
        Future<ClientStream<Q, R>> opened = next.open(context, request);
        return limits.idle() == 0 ? opened : opened.map(this::watched);
    }

    private <Q, R> ClientStream<Q, R> watched(ClientStream<Q, R> stream) {
        IdleWatch watch =
                new IdleWatch(timers, limits.idle(), () -> stream.cancel(timeout("stream was idle for too long")));
        stream.ended().onComplete(ended -> watch.cancel());
        return new WatchedClientStream<>(stream, watch);
    }

    private static MicroException timeout(String detail) {
        return MicroException.timeout(ID, detail).withoutStackTrace();
    }

    /** The message may be published nevertheless. */
    @Override
    public <T> Future<Void> interceptPublish(CallContext context, Topic<T> topic, T payload, Publication next) {
        if (limits.message() == 0) {
            return next.publish(context, topic, payload);
        }
        Promise<Void> published = timers.promise();
        Timer timer = timers.schedule(
                Duration.ofNanos(limits.message()), () -> published.tryFail(timeout("publishing took too long")));
        next.publish(context, topic, payload).onComplete(done -> {
            timer.cancel();
            if (done.succeeded()) {
                published.tryComplete();
            } else {
                published.tryFail(done.cause());
            }
        });
        return published.future();
    }
}
