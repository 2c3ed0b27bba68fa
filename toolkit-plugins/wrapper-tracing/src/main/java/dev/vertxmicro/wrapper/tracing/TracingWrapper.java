package dev.vertxmicro.wrapper.tracing;

import dev.vertxmicro.client.AttemptInterceptor;
import dev.vertxmicro.client.ClientInterceptor;
import dev.vertxmicro.server.ServerInterceptor;
import dev.vertxmicro.wrapper.Reading;
import dev.vertxmicro.wrapper.WrappedParts;
import dev.vertxmicro.wrapper.Wrapper;
import io.opentelemetry.api.OpenTelemetry;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The interceptors of tracing. */
final class TracingWrapper implements Wrapper {
    private final Spans spans;
    private final Optional<ClientInterceptor> client;
    private final Optional<AttemptInterceptor> attempt;
    private final Optional<ServerInterceptor> server;
    private final Supplier<List<Reading>> readings;
    private final Supplier<Future<Void>> close;

    TracingWrapper(
            OpenTelemetry telemetry,
            String service,
            TracingOptions options,
            Supplier<List<Reading>> readings,
            Supplier<Future<Void>> close) {
        this.spans = new Spans(telemetry, service, options);
        this.client = Optional.of(new ClientSpans(spans, options.messages()));
        this.attempt = options.attempts() ? Optional.of(new AttemptSpans(spans)) : Optional.empty();
        this.server = Optional.of(new ServerSpans(spans, options.messages()));
        this.readings = readings;
        this.close = close;
    }

    @Override
    public Optional<ClientInterceptor> client() {
        return client;
    }

    @Override
    public Optional<AttemptInterceptor> attempt() {
        return attempt;
    }

    @Override
    public Optional<ServerInterceptor> server() {
        return server;
    }

    @Override
    public void wraps(WrappedParts parts) {
        spans.messagingSystem(parts.broker().type());
    }

    @Override
    public List<Reading> readings() {
        return readings.get();
    }

    @Override
    public Future<Void> close() {
        return close.get();
    }
}
