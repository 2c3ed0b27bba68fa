package dev.vertxmicro.client.rpc;

import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.client.ClientStatistics;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.client.Response;
import dev.vertxmicro.client.retrying.CallSettings;
import dev.vertxmicro.client.retrying.Hedging;
import dev.vertxmicro.client.retrying.RetryBudget;
import dev.vertxmicro.codec.Envelope;
import dev.vertxmicro.error.Catching;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.selector.CallView;
import dev.vertxmicro.selector.Selection;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.selector.WireProtocol;
import dev.vertxmicro.time.LateLogger;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** go-micro's {@code rpc} client: interceptors, then one {@link UnaryCall} or {@link StreamOpening} each. */
public final class RpcClient implements Client {
    private static final System.Logger LOG = LateLogger.of(RpcClient.class);

    private final ClientOptions options;
    private final ClientParts parts;
    private final WireProtocol protocol;
    private final CallSettings settings;
    private final Hedging hedging = new Hedging();
    private final LongAdder hedges = new LongAdder();
    private final RetryBudget budget = RetryBudget.ofRepeated();
    private final RetryBudget untaken = RetryBudget.ofUntaken();
    private final AtomicLong ids = new AtomicLong();
    private final AtomicLong running = new AtomicLong();
    private final Set<StreamOpening<?, ?>> streams = ConcurrentHashMap.newKeySet();
    private final ClientChain chain;
    private final Promise<Void> drained = Promise.promise();
    private final LongAdder calls = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder lateAnswers = new LongAdder();
    private volatile boolean closed;

    /** Makes one that needs no start. */
    public RpcClient(ClientOptions options, ClientParts parts) {
        this.options = options;
        this.settings = new CallSettings(options);
        this.parts = parts;
        this.protocol = new WireProtocol(parts.transport().type());
        this.chain = new ClientChain(parts, this::start, this::opened, new Publishing(options, parts)::publish);
    }

    @Override
    public <T> Future<Void> publish(CallContext context, Topic<T> topic, T payload) {
        if (closed) {
            return Future.failedFuture(closedError());
        }
        return Catching.future("client", () -> chain.publish(named(context), topic, payload))
                .recover(failure -> Future.failedFuture(ClientFailure.of(failure)));
    }

    @Override
    public <Q, R> Future<Response<R>> exchange(CallContext context, Request<Q, R> request) {
        try {
            return chain.exchange(named(context), request);
        } catch (Throwable thrown) {
            return Future.failedFuture(ClientFailure.of(thrown));
        }
    }

    private CallContext named(CallContext context) {
        boolean add = !options.name().isEmpty() && !context.outgoing().contains(Headers.FROM_SERVICE);
        return add ? context.withMetadata(Headers.FROM_SERVICE, options.name()) : context;
    }

    private <Q, R> Future<Response<R>> start(CallContext context, Request<Q, R> request) {
        running.incrementAndGet();
        if (closed) {
            finished();
            return Future.failedFuture(closedError());
        }
        UnaryCall<R> call;
        try {
            call = new UnaryCall<>(this, context, request);
        } catch (Throwable thrown) {
            finished();
            throw thrown;
        }
        countedIn();
        calls.increment();
        return call.start();
    }

    @Override
    public <Q, R> Future<ClientStream<Q, R>> stream(CallContext context, Request<Q, R> request) {
        try {
            return chain.open(named(context), request);
        } catch (Throwable thrown) {
            return Future.failedFuture(ClientFailure.of(thrown));
        }
    }

    private <Q, R> Future<ClientStream<Q, R>> opened(CallContext context, Request<Q, R> request) {
        StreamOpening<Q, R> opening = new StreamOpening<>(this, context, request);
        running.incrementAndGet();
        streams.add(opening);
        if (closed) {
            finished(opening);
            return Future.failedFuture(closedError());
        }
        countedIn();
        return opening.start();
    }

    private static MicroException closedError() {
        return MicroException.internal("go.micro.client", "client is closed");
    }

    ClientOptions options() {
        return options;
    }

    ClientChain chain() {
        return chain;
    }

    WireProtocol protocol() {
        return protocol;
    }

    ClientParts parts() {
        return parts;
    }

    /** Finds the nodes of a request. */
    Future<Selection> select(Request<?, ?> request, CallView call) {
        CallOptions special = request.options();
        return special.addresses().isEmpty()
                ? parts.selector().select(request.service(), special.selection(), call)
                : Future.succeededFuture(Selector.fixed(special.addresses()));
    }

    /**
     * Finds the envelope of a request.
     *
     * @throws MicroException if its content type is not known
     */
    Envelope envelope(Request<?, ?> request) {
        String contentType = request.options().contentType().orElse(options.contentType());
        return parts.codecs()
                .find(contentType)
                .orElseThrow(() -> MicroException.internal(
                        "go.micro.client", parts.codecs().unsupported(contentType)));
    }

    CallSettings settings() {
        return settings;
    }

    /**
     * Tells whether what no handler has seen may go to a node that the call has not tried, however few retries there are.
     *
     * @param attempt number of the one that failed, from 0
     * @param nodes   that the call may go to
     */
    boolean elsewhere(Request<?, ?> request, int attempt, int nodes, MicroException error) {
        return error.retryable()
                && attempt + 1 < nodes
                && options.retry().everywhere()
                && settings.retries(request) > 0;
    }

    /**
     * Tells whether another attempt follows one that failed, and takes it from the budget.
     *
     * @param spent     how many of the retries are gone
     * @param elsewhere whether it goes elsewhere
     */
    boolean mayRetry(Request<?, ?> request, int spent, boolean elsewhere, MicroException error) {
        return (elsewhere || spent < settings.retries(request))
                && options.retry().retry(error, settings.idempotent(request))
                && (elsewhere ? untaken : budget).withdraw();
    }

    Hedging hedging() {
        return hedging;
    }

    /** Tells whether an attempt besides follows, and takes it from the budget. */
    boolean mayHedge() {
        boolean may = budget.withdraw();
        if (may) {
            hedges.increment();
        }
        return may;
    }

    private void countedIn() {
        long now = running.get();
        budget.called(now);
        untaken.called(now);
    }

    String nextId() {
        return Long.toString(ids.getAndIncrement());
    }

    void retried() {
        retries.increment();
    }

    void answeredLate(String endpoint) {
        lateAnswers.increment();
        LOG.log(System.Logger.Level.DEBUG, "late answer of {0} dropped", endpoint);
    }

    @Override
    public Future<Void> warmUp(List<String> services) {
        return closed ? Future.failedFuture(closedError()) : new WarmUp(options, parts).run(services);
    }

    @Override
    public ClientStatistics statistics() {
        return new ClientStatistics(
                calls.sum(),
                retries.sum(),
                lateAnswers.sum(),
                hedges.sum(),
                parts.selector().ejections(),
                running.get(),
                budget.left());
    }

    void finished(StreamOpening<?, ?> stream) {
        if (streams.remove(stream)) {
            finished();
        }
    }

    void finished() {
        if (running.decrementAndGet() == 0 && closed) {
            drained.tryComplete();
        }
    }

    @Override
    public Future<Void> close() {
        closed = true;
        streams.forEach(stream -> stream.giveUp(closedError()));
        if (running.get() == 0) {
            drained.tryComplete();
        }
        return drained.future();
    }
}
