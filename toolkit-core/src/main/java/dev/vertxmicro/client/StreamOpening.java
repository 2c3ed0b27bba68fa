package dev.vertxmicro.client;

import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.codec.Envelope;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.selector.Outcome;
import dev.vertxmicro.selector.Selection;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Socket;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;

/**
 * One stream on its way: select, open at one node after another until one takes it (go-micro {@code client/rpc_client.go},
 * {@code Stream}). Its life ends with the deadline of its context, if that has one. Runs on the context of its caller.
 */
final class StreamOpening<Q, R> {
    private final RpcClient client;
    private final CallContext context;
    private final Request<Q, R> request;
    private final Timers timers;
    private final Promise<ClientStream<Q, R>> promise;
    private final Cancellation cancellation = new Cancellation();
    private Timer deadlineTimer = () -> {};
    private Runnable unhook = () -> {};
    private int attempt;
    private boolean released;

    StreamOpening(RpcClient client, CallContext context, Request<Q, R> request) {
        this.client = client;
        this.context = context;
        this.request = request;
        this.timers = client.parts().timers();
        this.promise = timers.promise();
    }

    Future<ClientStream<Q, R>> start() {
        if (context.cancellation().isCancelled()) {
            return fail(MicroException.timeout("go.micro.client", "context canceled"));
        }
        Duration left = Duration.ofNanos(context.deadline() - timers.nanoTime());
        if (context.hasDeadline() && (left.isNegative() || left.isZero())) {
            return fail(MicroException.timeout("go.micro.client", "context deadline exceeded"));
        }
        WireRequest wire;
        try {
            wire = wire(left);
        } catch (MicroException unsupported) {
            return fail(unsupported);
        } catch (CodecException e) {
            return fail(OpenStream.unreadable(e));
        }
        if (context.hasDeadline()) {
            deadlineTimer = timers.schedule(left, this::expire);
        }
        unhook = context.cancellation().onCancel(this::abandon);
        client.select(request).onComplete(selected -> selected(wire, selected));
        return promise.future();
    }

    private WireRequest wire(Duration left) {
        Duration own =
                request.options().requestTimeout().orElse(client.options().requestTimeout());
        return new WireRequest(
                request,
                context,
                client.nextId(),
                context.hasDeadline() ? left : own,
                client.envelope(request),
                client.parts().codecs());
    }

    private void selected(WireRequest wire, AsyncResult<Selection> result) {
        if (result.succeeded()) {
            attempt(wire, result.result());
        } else {
            fail(MicroException.from("go.micro.client", result.cause()));
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
            fail(OpenStream.unreadable(e));
            return;
        }
        Message first = opening(framed.message());
        client.parts()
                .transport()
                .open(node.address(), first, context.withCancellation(cancellation))
                .onComplete(result -> opened(wire, framed.envelope(), first.headers(), selection, node, result));
    }

    /** The stream has the number of its call. What is left of the time is told in a header of our own, which is enforced. */
    private Message opening(Message unary) {
        Metadata headers = unary.headers();
        headers = headers.with(Headers.STREAM, headers.value(Headers.ID, ""));
        if (context.hasDeadline()) {
            long left = Math.max(1, context.deadline() - timers.nanoTime());
            headers = headers.with(Headers.DEADLINE, Long.toString(left));
        }
        return new Message(headers, unary.body());
    }

    private void opened(
            WireRequest wire,
            Envelope envelope,
            Metadata headers,
            Selection selection,
            Node node,
            AsyncResult<Socket> result) {
        Socket socket = result.result();
        if (socket == null) {
            boolean given = cancellation.isCancelled();
            selection.done(node, given ? Outcome.ABANDONED : Outcome.UNREACHABLE);
            failed(wire, selection, MicroException.from("go.micro.client.transport", result.cause()));
            return;
        }
        selection.done(node, Outcome.ANSWERED);
        OpenStream<Q, R> stream = new OpenStream<>(
                socket,
                new OpenStream.Frame(envelope, headers),
                request.endpoint().responseType(),
                timers.promise());
        socket.closed().onComplete(closed -> release());
        promise.tryComplete(stream);
    }

    private void failed(WireRequest wire, Selection selection, MicroException error) {
        boolean again = !cancellation.isCancelled() && client.mayRetry(request, attempt, error);
        if (!again) {
            fail(error);
            return;
        }
        attempt++;
        Duration pause = client.options().backoff().delay(attempt);
        if (pause.isZero()) {
            attempt(wire, selection);
        } else {
            timers.schedule(pause, () -> attempt(wire, selection));
        }
    }

    private void expire() {
        giveUp(MicroException.timeout("go.micro.client", "context deadline exceeded"));
    }

    private void abandon() {
        giveUp(MicroException.timeout("go.micro.client", "context canceled")
                .withCause(context.cancellation().cause()));
    }

    /** Tells the transport first, so that the server hears of it, then the caller. */
    void giveUp(MicroException error) {
        cancellation.cancel(error);
        fail(error);
    }

    private Future<ClientStream<Q, R>> fail(MicroException error) {
        if (promise.tryFail(error)) {
            release();
        }
        return promise.future();
    }

    private void release() {
        if (!released) {
            released = true;
            deadlineTimer.cancel();
            unhook.run();
            client.finished(this);
        }
    }
}
