package dev.vertxmicro.wrapper.metrics;

import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.client.AttemptInterceptor;
import dev.vertxmicro.client.ClientInterceptor;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.client.Response;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.wrapper.ForwardingClientStream;
import dev.vertxmicro.wrapper.metrics.series.EndpointSeries;
import dev.vertxmicro.wrapper.metrics.series.RunningCall;
import dev.vertxmicro.wrapper.metrics.series.SeriesTable;
import io.vertx.core.Future;
import java.util.function.Function;

/** Measures what a client does: calls, streams and messages, and how often an attempt was not the first. */
final class MeteredClient implements ClientInterceptor, AttemptInterceptor {
    private final SeriesTable endpoints;
    private final SeriesTable topics;
    private final BrokerType broker;

    MeteredClient(SeriesTable endpoints, SeriesTable topics, BrokerType broker) {
        this.endpoints = endpoints;
        this.topics = topics;
        this.broker = broker;
    }

    private EndpointSeries series(Request<?, ?> request) {
        return endpoints.of(request.service(), request.endpoint().name());
    }

    @Override
    public <Q, R> Future<Response<R>> intercept(CallContext context, Request<Q, R> request, Exchange next) {
        EndpointSeries series = series(request);
        long since = series.begin();
        return RunningCall.answering(series, since, next.exchange(context, request), Cancellation.NEVER);
    }

    @Override
    public <Q, R> Future<ClientStream<Q, R>> interceptStream(CallContext context, Request<Q, R> request, Opening next) {
        EndpointSeries series = series(request);
        long since = series.begin();
        return next.open(context, request).transform(opened -> {
            if (opened.failed()) {
                series.failed(since, opened.cause());
                return Future.failedFuture(opened.cause());
            }
            ClientStream<Q, R> stream = opened.result();
            RunningCall.ending(series, since, stream.ended(), Cancellation.NEVER);
            return Future.succeededFuture(new Counted<>(stream, series));
        });
    }

    @Override
    public <T> Future<Void> interceptPublish(CallContext context, Topic<T> topic, T payload, Publication next) {
        EndpointSeries series = topics.of(broker.name(), topic.name());
        long since = series.begin();
        return RunningCall.ending(series, since, next.publish(context, topic, payload), Cancellation.NEVER);
    }

    @Override
    public <T> Future<T> intercept(NodeAttempt attempt, CallContext context, Function<CallContext, Future<T>> next) {
        if (attempt.number() > 0) {
            endpoints.of(attempt.service(), attempt.endpoint()).repeated();
        }
        return next.apply(context);
    }

    /** Counts the messages of a stream. */
    private static final class Counted<Q, R> extends ForwardingClientStream<Q, R> {
        private final EndpointSeries series;

        Counted(ClientStream<Q, R> stream, EndpointSeries series) {
            super(stream);
            this.series = series;
        }

        @Override
        public Future<Void> send(Q message) {
            series.sent();
            return super.send(message);
        }

        @Override
        public ClientStream<Q, R> onMessage(io.vertx.core.Handler<R> handler) {
            return super.onMessage(message -> {
                series.received();
                handler.handle(message);
            });
        }
    }
}
