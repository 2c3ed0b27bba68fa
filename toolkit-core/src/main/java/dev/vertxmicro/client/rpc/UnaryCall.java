package dev.vertxmicro.client.rpc;

import dev.vertxmicro.client.Request;
import dev.vertxmicro.client.Response;
import dev.vertxmicro.codec.Envelope;
import dev.vertxmicro.error.Catching;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Headers;
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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
    private final CallTrack track;
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
        this.track = new CallTrack(request, timers);
    }

    /** Never throws. */
    Future<Response<R>> start() {
        total(this::begin);
        return promise.future();
    }

    /** The one place where what goes wrong in this call, whatever and wherever it is, becomes its end. */
    private void total(Runnable step) {
        try {
            step.run();
        } catch (Throwable thrown) {
            if (!finish(ClientFailure.of(thrown))) {
                ClientFailure.late(request.endpoint().name(), thrown);
            }
        }
    }

    private void begin() {
        if (context.cancellation().isCancelled()) {
            finish(MicroException.timeout(ClientFailure.ID, "context canceled"));
            return;
        }
        Duration timeout = timeout(timers.nanoTime());
        if (timeout.isNegative() || timeout.isZero()) {
            finish(MicroException.timeout(ClientFailure.ID, "context deadline exceeded"));
            return;
        }
        WireRequest wire = encoded(timeout);
        if (wire == null) {
            return;
        }
        deadlineTimer = timers.schedule(timeout, this::expire);
        unhook = context.cancellation().onCancel(this::abandon);
        client.select(request).onComplete(selected -> total(() -> selected(wire, selected)));
    }

    private @Nullable WireRequest encoded(Duration timeout) {
        try {
            return new WireRequest(
                    request,
                    context,
                    client.nextId(),
                    timeout,
                    client.envelope(request),
                    client.parts().codecs());
        } catch (MicroException unsupported) {
            finish(unsupported);
        } catch (Throwable unwritable) {
            finish(ClientFailure.codec(unwritable));
        }
        return null;
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

    private void selected(WireRequest wire, AsyncResult<Selection> result) {
        if (result.succeeded()) {
            attempt(wire, Objects.requireNonNull(result.result(), "selector gave null (expected: a selection)"));
        } else {
            finish(ClientFailure.of(result.cause()));
        }
    }

    private void attempt(WireRequest wire, Selection selection) {
        if (cancellation.isCancelled()) {
            return;
        }
        Node node = Objects.requireNonNull(selection.next(), "selection gave null (expected: a node)");
        track.at(node.address());
        WireRequest.Framed framed;
        try {
            framed = wire.to(node, client.spoken());
        } catch (MicroException refused) {
            finish(refused);
            return;
        } catch (Throwable unwritable) {
            finish(ClientFailure.codec(unwritable));
            return;
        }
        request(node, framed.message())
                .onComplete(result -> total(() -> answered(wire, framed.envelope(), selection, node, result)));
    }

    /** A transport that throws has failed as one whose future does. */
    private Future<Message> request(Node node, Message message) {
        Future<Message> response;
        try {
            response =
                    client.parts().transport().request(node.address(), message, context.withCancellation(cancellation));
        } catch (Throwable thrown) {
            return Future.failedFuture(thrown);
        }
        return response == null ? Catching.missing("transport") : response;
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
            failed(wire, selection, ClientFailure.transport(result.cause()));
            return;
        }
        selection.done(node, Outcome.ANSWERED);
        Message response = result.result();
        R body;
        try {
            body = ResponseBody.decode(envelope, response, request.endpoint().responseType());
        } catch (MicroException e) {
            failed(wire, selection, track.named(e, response.headers().value(Headers.ERROR_VIA, "")));
            return;
        } catch (Throwable unreadable) {
            finish(ClientFailure.codec(unreadable));
            return;
        }
        settle(new Response<>(body, response.headers()), null);
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
            timers.schedule(pause, () -> total(() -> attempt(wire, selection)));
        }
    }

    private void expire() {
        giveUp(MicroException.timeout(ClientFailure.ID, "call timeout: context deadline exceeded"));
    }

    private void abandon() {
        giveUp(MicroException.timeout(ClientFailure.ID, "context canceled")
                .withCause(context.cancellation().cause()));
    }

    /** Tells the transport first, so that the server hears of it, then the caller. */
    private void giveUp(MicroException error) {
        cancellation.cancel(error);
        finish(error);
    }

    private boolean finish(MicroException error) {
        return settle(null, track.named(error));
    }

    /** Ends the call, once; its place is given back also when a callback of the caller throws. */
    private boolean settle(@Nullable Response<R> response, @Nullable MicroException error) {
        boolean first = true; // only the first can find a callback that throws
        try {
            first = error == null ? promise.tryComplete(response) : promise.tryFail(error);
        } finally {
            if (first) {
                release();
            }
        }
        return first;
    }

    private void release() {
        try {
            deadlineTimer.cancel();
            unhook.run();
        } finally {
            client.finished();
        }
    }
}
