package dev.vertxmicro.client.rpc;

import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.codec.Envelope;
import dev.vertxmicro.error.Catching;
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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
    private final CallTrack track;
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
        this.track = new CallTrack(request, timers);
    }

    /** Never throws. */
    Future<ClientStream<Q, R>> start() {
        total(this::begin);
        return promise.future();
    }

    /** The one place where what goes wrong while this stream is opened, whatever and wherever it is, becomes its end. */
    private void total(Runnable step) {
        try {
            step.run();
        } catch (Throwable thrown) {
            if (!fail(ClientFailure.of(thrown))) {
                ClientFailure.late(request.endpoint().name(), thrown);
            }
        }
    }

    private void begin() {
        if (context.cancellation().isCancelled()) {
            fail(MicroException.timeout(ClientFailure.ID, "context canceled"));
            return;
        }
        Duration left = Duration.ofNanos(context.deadline() - timers.nanoTime());
        if (context.hasDeadline() && (left.isNegative() || left.isZero())) {
            fail(MicroException.timeout(ClientFailure.ID, "context deadline exceeded"));
            return;
        }
        WireRequest wire = encoded(left);
        if (wire == null) {
            return;
        }
        if (context.hasDeadline()) {
            deadlineTimer = timers.schedule(left, this::expire);
        }
        unhook = context.cancellation().onCancel(this::abandon);
        client.select(request).onComplete(selected -> total(() -> selected(wire, selected)));
    }

    private @Nullable WireRequest encoded(Duration left) {
        try {
            return wire(left);
        } catch (MicroException unsupported) {
            fail(unsupported);
        } catch (Throwable unwritable) {
            fail(ClientFailure.codec(unwritable));
        }
        return null;
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
            attempt(wire, Objects.requireNonNull(result.result(), "selector gave null (expected: a selection)"));
        } else {
            fail(ClientFailure.of(result.cause()));
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
            fail(refused);
            return;
        } catch (Throwable unwritable) {
            fail(ClientFailure.codec(unwritable));
            return;
        }
        Message first = opening(framed.message());
        Catching.future("transport", () -> client.parts()
                        .transport()
                        .open(node.address(), first, context.withCancellation(cancellation)))
                .onComplete(result ->
                        total(() -> opened(wire, framed.envelope(), first.headers(), selection, node, result)));
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
        if (result.failed()) {
            boolean given = cancellation.isCancelled();
            selection.done(node, given ? Outcome.ABANDONED : Outcome.UNREACHABLE);
            failed(wire, selection, ClientFailure.transport(result.cause()));
            return;
        }
        Socket socket = Objects.requireNonNull(result.result(), "transport gave null (expected: a socket)");
        try {
            selection.done(node, Outcome.ANSWERED);
            OpenStream<Q, R> stream = new OpenStream<>(
                    socket,
                    new OpenStream.Frame(envelope, headers),
                    request.endpoint().responseType(),
                    track,
                    timers.promise());
            socket.closed().onComplete(closed -> release());
            if (!promise.tryComplete(stream)) {
                stream.cancel(cancellation.isCancelled() ? cancellation.cause() : nobodyWaits());
            }
        } catch (Throwable thrown) {
            if (!promise.future().isComplete()) {
                socket.reset(ClientFailure.of(thrown));
            }
            throw thrown;
        }
    }

    private static MicroException nobodyWaits() {
        return MicroException.timeout(ClientFailure.ID, "context canceled").withoutStackTrace();
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
            timers.schedule(pause, () -> total(() -> attempt(wire, selection)));
        }
    }

    private void expire() {
        giveUp(MicroException.timeout(ClientFailure.ID, "context deadline exceeded"));
    }

    private void abandon() {
        giveUp(MicroException.timeout(ClientFailure.ID, "context canceled")
                .withCause(context.cancellation().cause()));
    }

    /**
     * Tells the transport first, so that the server hears of it, then the caller. Whether the transport obeys is not waited for.
     */
    void giveUp(MicroException error) {
        try {
            cancellation.cancel(error);
            promise.tryFail(track.named(error));
        } finally {
            release();
        }
    }

    /** Ends the opening, if it has not ended; its place is given back also when a callback of the caller throws. */
    private boolean fail(MicroException error) {
        boolean first = true; // only the first can find a callback that throws
        try {
            first = promise.tryFail(track.named(error));
        } finally {
            if (first) {
                release();
            }
        }
        return first;
    }

    private void release() {
        if (!released) {
            released = true;
            try {
                deadlineTimer.cancel();
                unhook.run();
            } finally {
                client.finished(this);
            }
        }
    }
}
