package dev.vertxmicro.client.rpc;

import dev.vertxmicro.client.AttemptInterceptor.NodeAttempt;
import dev.vertxmicro.client.HedgeOptions;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.codec.Envelope;
import dev.vertxmicro.config.Durations;
import dev.vertxmicro.error.Catching;
import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.selector.CallView;
import dev.vertxmicro.selector.Outcome;
import dev.vertxmicro.selector.Selection;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a call and the opening of a stream have in common: encode once, select, attempt at one node after another until one answers,
 * the failure may not be repeated, or nobody waits any more (go-micro {@code client/rpc_client.go}, {@code Call} and {@code
 * Stream}). Runs on the context of its caller.
 *
 * @param <A> what the transport gives for an attempt
 * @param <T> what the caller gets
 */
abstract class Attempts<A, T> implements CallView {
    final RpcClient client;
    final CallContext context;
    final Promise<T> promise;
    final CallTrack track;
    final Cancellation cancellation = new Cancellation();
    private final Request<?, ?> request;
    private Timer deadlineTimer = () -> {};
    private Runnable unhook = () -> {};
    private @Nullable WireRequest wire;
    private @Nullable Selection selection;
    private @Nullable Trial trial;
    private @Nullable HedgedTrials hedged;
    private int attempt;
    /** Of them those that did not merely go elsewhere with what no handler has seen. */
    private int repeats;

    /** When nobody waits for it any more. */
    private long due;

    private boolean released;

    Attempts(RpcClient client, CallContext context, Request<?, ?> request) {
        this.client = client;
        this.context = context;
        this.request = request;
        this.promise = timers().promise();
        this.track = new CallTrack(request, timers());
    }

    final Timers timers() {
        return client.parts().timers();
    }

    /**
     * Says how much time there is, where the context has a deadline.
     *
     * @param left until then
     * @param own  what the options give
     */
    abstract Duration timeout(Duration left, Duration own);

    /** Tells whether it ends when that time is over. */
    abstract boolean isTimed();

    /** Says what the caller is told then. */
    abstract String expired();

    /** Begins an attempt; what it throws has failed as a future does. */
    abstract Future<A> send(Node node, Message message, CallContext attempt);

    /** Tells whether it opens a stream. */
    abstract boolean opensStream();

    /** Says what that the transport gave this tells of the node. */
    abstract Outcome outcome(Envelope envelope, A given);

    /** Takes what the transport gave to one who waits for it. */
    abstract void answered(Envelope envelope, A given);

    /** Says when it is sent to another node besides. */
    abstract Optional<HedgeOptions> hedge();

    /** Takes what the transport gave when nobody waits any more. */
    abstract void late(A given);

    /** Gives up what the transport gave, since something went wrong before the caller had it. */
    abstract void drop(A given, MicroException why);

    /** Counts an attempt beyond the first. */
    abstract void repeated();

    /** Gives the place at the client back. */
    abstract void leave();

    /** Never throws. */
    final Future<T> start() {
        total(this::begin);
        return promise.future();
    }

    /** The one place where what goes wrong on the way, whatever and wherever it is, becomes the end. */
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
        Duration timeout = timeout();
        if (timeout.isNegative() || timeout.isZero()) {
            fail(MicroException.timeout(ClientFailure.ID, "context deadline exceeded"));
            return;
        }
        due = timers().nanoTime() + timeout.toNanos();
        wire = encoded(timeout);
        if (wire == null) {
            return;
        }
        if (isTimed()) {
            deadlineTimer = timers().schedule(timeout, this::expire);
        }
        unhook = context.cancellation().onCancel(this::abandon);
        client.select(request, this).onComplete(selected -> total(() -> selected(selected)));
    }

    private Duration timeout() {
        Duration own = client.settings().timeout(request);
        return context.hasDeadline() ? timeout(Duration.ofNanos(context.deadline() - timers().nanoTime()), own) : own;
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
            fail(unsupported);
        } catch (Throwable unwritable) {
            fail(ClientFailure.codec(unwritable));
        }
        return null;
    }

    @Override
    public String endpoint() {
        return request.endpoint().name();
    }

    @Override
    public Metadata metadata() {
        return context.outgoing();
    }

    @Override
    public Object body() {
        return request.body();
    }

    private void selected(AsyncResult<Selection> result) {
        if (result.failed()) {
            fail(ClientFailure.of(result.cause()));
            return;
        }
        Selection nodes = Objects.requireNonNull(result.result(), "selector gave null (expected: a selection)");
        selection = nodes;
        Optional<HedgeOptions> hedge = nodes.size() > 1 ? hedge() : Optional.empty();
        if (hedge.isPresent()) {
            hedged = new HedgedTrials(hedge.get(), client.hedging(), request.service() + " " + endpoint(), timers());
        }
        attempt();
    }

    private void attempt() {
        if (cancellation.isCancelled()) {
            return;
        }
        Selection nodes = Objects.requireNonNull(selection);
        Node node = Objects.requireNonNull(nodes.next(), "selection gave null (expected: a node)");
        track.at(node.address());
        HedgedTrials others = hedged;
        Trial current = others == null ? new Trial(nodes, node, cancellation) : others.begin(nodes, node, cancellation);
        trial = current;
        WireRequest.Framed framed;
        try {
            framed = Objects.requireNonNull(wire).to(node, client.protocol());
        } catch (Throwable unwritable) {
            try {
                current.done(Outcome.CALLER);
            } finally {
                fail(unwritable instanceof MicroException refused ? refused : ClientFailure.codec(unwritable));
            }
            return;
        }
        sent(node, current, framed.message())
                .onComplete(result -> total(() -> ended(current, framed.envelope(), result)));
        if (others != null && others.open()) {
            others.arm(() -> total(this::besides));
        }
    }

    /** Another attempt while one runs that is not answered in time. */
    private void besides() {
        if (!cancellation.isCancelled() && Objects.requireNonNull(hedged).open() && client.mayHedge()) {
            attempt++;
            repeats++;
            attempt();
        }
    }

    /** A transport that throws has failed as one whose future does. */
    private Future<A> sent(Node node, Trial current, Message message) {
        Future<A> given;
        try {
            CallContext own = context.withCancellation(current.cancellation());
            given = client.chain().seesAttempts() ? seen(node, message, own) : send(node, message, own);
        } catch (Throwable thrown) {
            return Future.failedFuture(ClientFailure.transport(thrown).withFault(Fault.CALLER));
        }
        return given == null ? Catching.missing("transport") : given;
    }

    /** Who looks at an attempt is to know until when it is waited for, also where the time is that of the options. */
    private Future<A> seen(Node node, Message message, CallContext untimed) {
        CallContext own = isTimed() ? untimed.withDeadline(due) : untimed;
        NodeAttempt seen = new NodeAttempt(request.service(), endpoint(), node, attempt, opensStream());
        Given<A> given = new Given<>((one, why) -> drop(one, ClientFailure.of(why)));
        return client.chain()
                .attempt(seen, own, changed -> send(node, WireRequest.carrying(message, context, changed), changed)
                        .onSuccess(given::add))
                .onFailure(given::fail);
    }

    private void ended(Trial ended, Envelope envelope, AsyncResult<A> result) {
        boolean waited = !ended.cancellation().isCancelled();
        if (hedged != null) {
            hedged.ended(ended);
        }
        if (result.failed()) {
            MicroException error = ClientFailure.transport(result.cause());
            ended.failed(error);
            if (waited) {
                repeatOrFail(error);
            }
            return;
        }
        A given = result.result();
        if (!waited) {
            try {
                ended.gaveUp();
            } finally {
                late(given);
            }
            return;
        }
        try {
            Outcome outcome = outcome(envelope, given);
            ended.done(outcome);
            if (hedged != null && outcome == Outcome.ANSWERED) {
                hedged.answered(ended);
            }
            answered(envelope, given);
        } catch (Throwable thrown) {
            if (given != null && !promise.future().isComplete()) {
                drop(given, ClientFailure.of(thrown));
            }
            throw thrown;
        }
    }

    /** Another attempt follows one that failed, if that is safe, and options and budget allow it. */
    final void repeatOrFail(MicroException error) {
        if (hedged != null && hedged.open()) {
            return; // the other attempt decides
        }
        int nodes = Objects.requireNonNull(selection).size();
        Duration wait = error.retryAfter().orElse(Duration.ZERO);
        boolean elsewhere = wait.isZero() && client.elsewhere(request, attempt, nodes, error);
        // what no node took is over when all were asked; a node that breaks costs the same whoever did not take the
        // call before
        int spent = error.retryable() ? attempt : repeats;
        if (isTooLong(wait) || !client.mayRetry(request, spent, elsewhere, error)) {
            fail(error);
            return;
        }
        attempt++;
        repeats += elsewhere ? 0 : 1;
        repeated();
        // a node that this call has not tried need not recover from it
        Duration pause = attempt < nodes && wait.isZero()
                ? Duration.ZERO
                : Durations.longer(wait, client.options().backoff().delay(attempt));
        if (pause.isZero()) {
            attempt();
        } else {
            timers().schedule(pause, () -> total(this::attempt));
        }
    }

    /** Who would wait until nobody does is better told at once. */
    private boolean isTooLong(Duration wait) {
        return !wait.isZero() && wait.toNanos() >= due - timers().nanoTime();
    }

    private void expire() {
        Trial running = trial;
        if (running != null) {
            running.expire();
        }
        if (hedged != null) {
            hedged.expire();
        }
        giveUp(MicroException.timeout(ClientFailure.ID, expired()));
    }

    private void abandon() {
        giveUp(MicroException.timeout(ClientFailure.ID, "context canceled")
                .withCause(context.cancellation().cause()));
    }

    /**
     * Tells the transport first, so that the server hears of it, then the caller. Whether the transport obeys is not waited for.
     */
    final void giveUp(MicroException error) {
        try {
            cancellation.cancel(error);
            promise.tryFail(track.named(error));
        } finally {
            release();
            total(this::gaveUp);
        }
    }

    private void gaveUp() {
        Trial running = trial;
        if (running != null) {
            running.gaveUp();
        }
    }

    final boolean fail(MicroException error) {
        return end(null, track.named(error));
    }

    /** Ends it, once; its place is given back also when a callback of the caller throws. */
    final boolean end(@Nullable T result, @Nullable MicroException error) {
        boolean first = true; // only the first can find a callback that throws
        try {
            first = error == null ? promise.tryComplete(result) : promise.tryFail(error);
        } finally {
            if (first) {
                release();
            }
        }
        return first;
    }

    final void release() {
        if (!released) {
            released = true;
            try {
                deadlineTimer.cancel();
                unhook.run();
            } finally {
                leave();
            }
            if (hedged != null) {
                hedged.settle();
            }
        }
    }
}
