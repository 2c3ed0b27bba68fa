package dev.vertxmicro.client;

import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.selector.Outcome;
import dev.vertxmicro.selector.Selection;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;

/**
 * One call on its way: encode, select, attempt until it succeeds, may not be repeated, or the deadline passes (go-micro
 * {@code client/rpc_client.go}, {@code Call}). Runs on the context of its caller.
 */
final class UnaryCall<Q, R> {
    private static final Message NONE = new Message(Metadata.EMPTY, Buffer.buffer());

    private final RpcClient client;
    private final CallContext context;
    private final Request<Q, R> request;
    private final Timers timers;
    private final Promise<Response<R>> promise;
    private final Cancellation cancellation = new Cancellation();
    private Codec codec = Codec.octetStream();
    private Message message = NONE;
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
        String contentType =
                request.options().contentType().orElse(client.options().contentType());
        Codec found = client.parts().codecs().find(contentType).orElse(null);
        if (found == null) {
            String detail = client.parts().codecs().unsupported(contentType);
            return finish(MicroException.internal("go.micro.client", detail));
        }
        codec = found;
        try {
            message = new Message(headers(timeout), codec.encode(request.body()));
        } catch (CodecException e) {
            return finish(MicroException.internal("go.micro.client.codec", String.valueOf(e.getMessage()))
                    .withCause(e));
        }
        deadlineTimer = timers.schedule(timeout, this::expire);
        unhook = context.cancellation().onCancel(this::abandon);
        select().onComplete(this::selected);
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

    private Metadata headers(Duration timeout) {
        String type = codec.contentType();
        String endpoint = request.endpoint().name();
        Metadata outgoing = context.outgoing();
        return Metadata.builder(outgoing.size() + 7)
                .addAll(outgoing)
                .add(Headers.TIMEOUT, Long.toString(timeout.toNanos()))
                .add(Headers.CONTENT_TYPE, type)
                .add(Headers.ACCEPT, type)
                .add(Headers.ID, client.nextId())
                .add(Headers.SERVICE, request.service())
                .add(Headers.METHOD, endpoint)
                .add(Headers.ENDPOINT, endpoint)
                .build();
    }

    private Future<Selection> select() {
        CallOptions options = request.options();
        return options.addresses().isEmpty()
                ? client.parts().selector().select(request.service(), options.filters())
                : Future.succeededFuture(Selector.fixed(options.addresses()));
    }

    private void selected(AsyncResult<Selection> result) {
        if (result.succeeded()) {
            attempt(result.result());
        } else {
            finish(MicroException.from("go.micro.client", result.cause()));
        }
    }

    private void attempt(Selection selection) {
        if (cancellation.isCancelled()) {
            return;
        }
        Node node = selection.next();
        client.parts()
                .transport()
                .request(node.address(), message, context.withCancellation(cancellation))
                .onComplete(result -> answered(selection, node, result));
    }

    private void answered(Selection selection, Node node, AsyncResult<Message> result) {
        if (cancellation.isCancelled()) {
            selection.done(node, Outcome.ABANDONED);
            return;
        }
        if (result.succeeded()) {
            selection.done(node, Outcome.ANSWERED);
            received(selection, result.result());
            return;
        }
        selection.done(node, Outcome.UNREACHABLE);
        failed(selection, MicroException.from("go.micro.client.transport", result.cause()));
    }

    private void received(Selection selection, Message response) {
        String error = response.headers().value(Headers.ERROR, "");
        if (!error.isEmpty()) {
            failed(selection, MicroException.parse(error));
            return;
        }
        try {
            R body = ResponseBody.decode(codec, response, request.endpoint().responseType());
            succeed(new Response<>(body, response.headers()));
        } catch (CodecException e) {
            finish(MicroException.internal("go.micro.client.codec", String.valueOf(e.getMessage()))
                    .withCause(e));
        }
    }

    private void failed(Selection selection, MicroException error) {
        int retries = request.options().retries().orElse(client.options().retries());
        boolean again = attempt < retries
                && client.options().retry().retry(error, request.endpoint().idempotent())
                && client.budget().withdraw();
        if (!again) {
            finish(error);
            return;
        }
        attempt++;
        Duration pause = client.options().backoff().delay(attempt);
        if (pause.isZero()) {
            attempt(selection);
        } else {
            timers.schedule(pause, () -> attempt(selection));
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
