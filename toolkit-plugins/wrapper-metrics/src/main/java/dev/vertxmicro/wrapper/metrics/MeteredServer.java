package dev.vertxmicro.wrapper.metrics;

import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.server.EventHandler;
import dev.vertxmicro.server.Handler;
import dev.vertxmicro.server.ServerInterceptor;
import dev.vertxmicro.server.ServerStream;
import dev.vertxmicro.server.StreamHandler;
import dev.vertxmicro.wrapper.ForwardingServerStream;
import dev.vertxmicro.wrapper.metrics.series.EndpointSeries;
import dev.vertxmicro.wrapper.metrics.series.RunningCall;
import dev.vertxmicro.wrapper.metrics.series.SeriesTable;
import io.vertx.core.Future;

/** Measures what is served. A handler that nobody waits for any more has ended, whatever it does. */
final class MeteredServer implements ServerInterceptor {
    private final String service;
    private final SeriesTable endpoints;
    private final SeriesTable topics;
    private final BrokerType broker;

    MeteredServer(String service, SeriesTable endpoints, SeriesTable topics, BrokerType broker) {
        this.service = service;
        this.endpoints = endpoints;
        this.topics = topics;
        this.broker = broker;
    }

    /** Names that nobody serves are known to callers only. */
    private EndpointSeries series(String endpoint, CallContext context) {
        return ServerInterceptor.refused(context)
                ? endpoints.known(service, endpoint)
                : endpoints.of(service, endpoint);
    }

    @Override
    public <Q, R> Future<R> intercept(Endpoint<Q, R> endpoint, Q request, CallContext context, Handler<Q, R> next) {
        EndpointSeries series = series(endpoint.name(), context);
        long since = series.begin();
        return RunningCall.answering(series, since, next.handle(request, context), context.cancellation());
    }

    @Override
    public <Q, R> Future<Void> interceptStream(
            Endpoint<Q, R> endpoint, ServerStream<Q, R> stream, CallContext context, StreamHandler<Q, R> next) {
        EndpointSeries series = series(endpoint.name(), context);
        long since = series.begin();
        Future<Void> end = next.handle(new Counted<>(stream, series), context);
        return RunningCall.ending(series, since, end, context.cancellation());
    }

    @Override
    public <M> Future<Void> interceptMessage(Topic<M> topic, M message, CallContext context, EventHandler<M> next) {
        EndpointSeries series = topics.of(broker.name(), topic.name());
        if (ServerInterceptor.attempt(context) > 1) {
            series.repeated();
        }
        long since = series.begin();
        return RunningCall.ending(series, since, next.handle(message, context), context.cancellation());
    }

    /** Counts the messages of a stream. */
    private static final class Counted<Q, R> extends ForwardingServerStream<Q, R> {
        private final EndpointSeries series;

        Counted(ServerStream<Q, R> stream, EndpointSeries series) {
            super(stream);
            this.series = series;
        }

        @Override
        public Future<Void> send(R message) {
            series.sent();
            return super.send(message);
        }

        @Override
        public ServerStream<Q, R> onMessage(io.vertx.core.Handler<Q> handler) {
            return super.onMessage(message -> {
                series.received();
                handler.handle(message);
            });
        }
    }
}
