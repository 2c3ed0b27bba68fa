package dev.vertxmicro.client.rpc;

import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.HedgeOptions;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.codec.Envelope;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.selector.Outcome;
import dev.vertxmicro.transport.Socket;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One stream on its way to a node that takes it. Its life ends with its socket, or with the deadline of its context, if that has one:
 * the request timeout is told to the server, and does not end it.
 */
final class StreamOpening<Q, R> extends Attempts<Socket, ClientStream<Q, R>> {
    private final Request<Q, R> request;
    /** Of the attempt that runs. */
    private Metadata headers = Metadata.EMPTY;

    private @Nullable Node node;

    StreamOpening(RpcClient client, CallContext context, Request<Q, R> request) {
        super(client, context, request);
        this.request = request;
    }

    @Override
    Duration timeout(Duration left, Duration own) {
        return left;
    }

    @Override
    boolean isTimed() {
        return context.hasDeadline();
    }

    @Override
    String expired() {
        return "context deadline exceeded";
    }

    @Override
    Future<Socket> send(Node chosen, Message message, CallContext attempt) {
        node = chosen;
        headers = opening(message.headers());
        return client.parts().transport().open(chosen.address(), new Message(headers, message.body()), attempt);
    }

    /** The stream has the number of its call. What is left of the time is told in a header of our own, which is enforced. */
    private Metadata opening(Metadata unary) {
        Metadata opening = unary.with(Headers.STREAM, unary.value(Headers.ID, ""));
        if (!context.hasDeadline()) {
            return opening;
        }
        long left = Math.max(1, context.deadline() - timers().nanoTime());
        return opening.with(Headers.DEADLINE, Long.toString(left));
    }

    @Override
    boolean opensStream() {
        return true;
    }

    /** That it could be opened says nothing of the node, of which nobody has heard yet; how it ends does. */
    @Override
    Outcome outcome(Envelope envelope, Socket given) {
        return Outcome.ABANDONED;
    }

    @Override
    void answered(Envelope envelope, Socket given) {
        Socket socket = Objects.requireNonNull(given, "transport gave null (expected: a socket)");
        OpenStream<Q, R> stream = new OpenStream<>(
                socket,
                new OpenStream.Frame(envelope, headers, client.parts().codecs()),
                request.endpoint().responseType(),
                track,
                this::ended,
                timers().promise());
        socket.closed().onComplete(closed -> release());
        if (!promise.tryComplete(stream)) {
            stream.cancel(cancellation.isCancelled() ? cancellation.cause() : nobodyWaits());
        }
    }

    /** A selection is for one call, and may be long gone: the selector is told. Who named the node himself has none to tell. */
    private void ended(Outcome outcome) {
        Node opened = node;
        if (opened != null && request.options().addresses().isEmpty()) {
            client.parts()
                    .selector()
                    .ended(request.service(), opened, cancellation.isCancelled() ? Outcome.ABANDONED : outcome);
        }
    }

    private static MicroException nobodyWaits() {
        return MicroException.timeout(ClientFailure.ID, "context canceled").withoutStackTrace();
    }

    @Override
    Optional<HedgeOptions> hedge() {
        return Optional.empty();
    }

    @Override
    void late(Socket socket) {
        socket.reset(cancellation.cause());
    }

    @Override
    void drop(Socket socket, MicroException why) {
        socket.reset(why);
    }

    @Override
    void repeated() {
        // what a client counts is calls
    }

    @Override
    void leave() {
        client.finished(this);
    }
}
