package dev.vertxmicro.client;

import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.codec.Envelope;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.selector.Outcome;
import dev.vertxmicro.selector.Selection;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;

/**
 * One call on its way: encode, select, attempt until it succeeds, may not be repeated, or the deadline passes (go-micro
 * {@code client/rpc_client.go}, {@code Call}). Runs on the context of its caller.
 */
final class UnaryCall<Q, R> {
    private final RpcClient client;
    private final CallContext context;
    private final Request<Q, R> request;
    private final Timers timers;
    private final Promise<Response<R>> promise;
    private final Cancellation cancellation = new Cancellation();
    private Timer deadlineTimer = () -> {};
    private Runnable unhook = () -> {};
    private int attempt;

    UnaryCall(RpcClient client, CallContext context, Request<Q, R> request) {
        this.client = client;
        this.context = context;
        this.request = request;
        this.timers = client.parts().timers();
        this.promise = timers.promise();
    }

    Future<Response<R>> start() {
        if (context.cancellation().isCancelled()) {
            return finish(MicroException.timeout("go.micro.client", "context canceled"));
        }
        long now = timers.nanoTime();
        Duration timeout = timeout(now);
        if (timeout.isNegative() || timeout.isZero()) {
            return finish(MicroException.timeout("go.micro.client", "context deadline exceeded"));
        }
        WireRequest wire;
        try {
            wire = new WireRequest(
                    request,
                    context,
                    client.nextId(),
                    timeout,
                    client.envelope(request),
                    client.parts().codecs());
        } catch (MicroException unsupported) {
            return finish(unsupported);
        } catch (CodecException e) {
            return finish(unreadable(e));
        }
        deadlineTimer = timers.schedule(timeout, this::expire);
        unhook = context.cancellation().onCancel(this::abandon);
        client.select(request).onComplete(selected -> selected(wire, selected));
        return promise.future();
    }

    private Duration timeout(long now) {
        Duration own =
                request.options().requestTimeout().orElse(client.options().requestTimeout());
        if (!context.hasDeadline()) {
            return own;
        }
        Duration left = Duration.ofNanos(context.deadline() - now);
        return left.compareTo(own) < 0 ? left : own;
    }

    private static MicroException unreadable(CodecException e) {
        return MicroException.internal("go.micro.client.codec", String.valueOf(e.getMessage()))
                .withCause(e);
    }

    private void selected(WireRequest wire, AsyncResult<Selection> result) {
        if (result.succeeded()) {
            attempt(wire, result.result());
        } else {
            finish(MicroException.from("go.micro.client", result.cause()));
        }
    }

    private void attempt(WireRequest wire, Selection selection) {
        if (cancellation.isCancelled()) {
            return;
        }
        Node node = selection.next();
        WireRequest.Framed framed;
        try {
            framed = wire.to(node);
        } catch (CodecException e) {
            finish(unreadable(e));
            return;
        }
        client.parts()
                .transport()
                .request(node.address(), framed.message(), context.withCancellation(cancellation))
                .onComplete(result -> answered(wire, framed.envelope(), selection, node, result));
    }

    private void answered(
            WireRequest wire, Envelope envelope, Selection selection, Node node, AsyncResult<Message> result) {
        if (cancellation.isCancelled()) {
            selection.done(node, Outcome.ABANDONED);
            if (result.succeeded()) {
                client.answeredLate(request.endpoint().name());
            }
            return;
        }
        if (result.failed()) {
            selection.done(node, Outcome.UNREACHABLE);
            failed(wire, selection, MicroException.from("go.micro.client.transport", result.cause()));
            return;
        }
        selection.done(node, Outcome.ANSWERED);
        Message response = result.result();
        try {
            R body = ResponseBody.decode(envelope, response, request.endpoint().responseType());
            succeed(new Response<>(body, response.headers()));
        } catch (CodecException e) {
            finish(unreadable(e));
        } catch (MicroException e) {
            failed(wire, selection, e);
        }
    }

    private void failed(WireRequest wire, Selection selection, MicroException error) {
        if (!client.mayRetry(request, attempt, error)) {
            finish(error);
            return;
        }
        attempt++;
        client.retried();
        Duration pause = client.options().backoff().delay(attempt);
        if (pause.isZero()) {
            attempt(wire, selection);
        } else {
            timers.schedule(pause, () -> attempt(wire, selection));
        }
    }

    private void expire() {
        giveUp(MicroException.timeout("go.micro.client", "call timeout: context deadline exceeded"));
    }

    private void abandon() {
        giveUp(MicroException.timeout("go.micro.client", "context canceled")
                .withCause(context.cancellation().cause()));
    }

    /** Tells the transport first, so that the server hears of it, then the caller. */
    private void giveUp(MicroException error) {
        cancellation.cancel(error);
        finish(error);
    }

    private void succeed(Response<R> response) {
        if (promise.tryComplete(response)) {
            release();
        }
    }

    private Future<Response<R>> finish(MicroException error) {
        if (promise.tryFail(error)) {
            release();
        }
        return promise.future();
    }

    private void release() {
        deadlineTimer.cancel();
        unhook.run();
        client.finished();
    }
}
