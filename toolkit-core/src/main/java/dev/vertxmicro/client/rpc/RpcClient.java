package dev.vertxmicro.client.rpc;

import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientInterceptor;
import dev.vertxmicro.client.ClientInterceptor.Exchange;
import dev.vertxmicro.client.ClientInterceptor.Publication;
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
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** go-micro's {@code rpc} client: interceptors, then one {@link UnaryCall} each; streams without interceptors. */
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
    private final Exchange chain;
    private final Publication publications;
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
        this.chain = chain(parts.interceptors());
        this.publications = publications(parts.interceptors(), new Publishing(options, parts)::publish);
    }

    private Exchange chain(List<ClientInterceptor> interceptors) {
        Exchange next = this::start;
        for (int i = interceptors.size() - 1; i >= 0; i--) {
            next = new Intercepted(interceptors.get(i), next);
        }
        return next;
    }

    /** A lambda cannot have type parameters. */
    private record Intercepted(ClientInterceptor interceptor, Exchange next) implements Exchange {
        @Override
        public <Q, R> Future<Response<R>> exchange(CallContext context, Request<Q, R> request) {
            return Catching.future("interceptor", () -> interceptor.intercept(context, request, next));
        }
    }

    private static Publication publications(List<ClientInterceptor> interceptors, Publication last) {
        Publication next = last;
        for (int i = interceptors.size() - 1; i >= 0; i--) {
            next = new InterceptedPublication(interceptors.get(i), next);
        }
        return next;
    }

    /** As {@link Intercepted}. */
    private record InterceptedPublication(ClientInterceptor interceptor, Publication next) implements Publication {
        @Override
        public <T> Future<Void> publish(CallContext context, Topic<T> topic, T payload) {
            return Catching.future("interceptor", () -> interceptor.interceptPublish(context, topic, payload, next));
        }
    }

    @Override
    public <T> Future<Void> publish(CallContext context, Topic<T> topic, T payload) {
        if (closed) {
            return Future.failedFuture(closedError());
        }
        return Catching.future("client", () -> publications.publish(named(context), topic, payload))
                .recover(failure -> Future.failedFuture(ClientFailure.of(failure)));
    }

    @Override
    public <Q, R> Future<Response<R>> exchange(CallContext context, Request<Q, R> request) {
        Future<Response<R>> answer;
        try {
            answer = chain.exchange(named(context), request);
        } catch (Throwable thrown) {
            return Future.failedFuture(ClientFailure.of(thrown));
        }
        return parts.interceptors().isEmpty() ? answer : answer.transform(RpcClient::checked);
    }

    /** What an interceptor makes of an answer may be anything. */
    private static <R> Future<Response<R>> checked(AsyncResult<Response<R>> made) {
        if (made.failed()) {
            return Future.failedFuture(ClientFailure.of(made.cause()));
        }
        return made.result() == null
                ? Future.failedFuture(
                        MicroException.internal(ClientFailure.ID, "interceptor gave null (expected: a response)"))
                : Future.succeededFuture(made.result());
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
        StreamOpening<Q, R> opening;
        try {
            opening = new StreamOpening<>(this, named(context), request);
        } catch (Throwable thrown) {
            return Future.failedFuture(ClientFailure.of(thrown));
        }
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
                parts.selector().ejections());
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
