package dev.vertxmicro.wrapper.metrics;

import dev.vertxmicro.client.AttemptInterceptor;
import dev.vertxmicro.client.ClientInterceptor;
import dev.vertxmicro.server.ServerInterceptor;
import dev.vertxmicro.spi.ServiceIdentity;
import dev.vertxmicro.wrapper.WrappedParts;
import dev.vertxmicro.wrapper.Wrapper;
import dev.vertxmicro.wrapper.metrics.process.ProcessMetrics;
import dev.vertxmicro.wrapper.metrics.series.CodeLabels;
import dev.vertxmicro.wrapper.metrics.series.SeriesFactory;
import dev.vertxmicro.wrapper.metrics.series.SeriesTable;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Measures calls, streams and messages of a service, and shows them to Prometheus: go-micro's {@code wrapper/monitoring/prometheus}, for
 * clients, subscribers and the parts beneath, too. The services of one Vert.x share a registry. Used concurrently.
 */
public final class MetricsWrapper implements Wrapper {
    /** Name of the type. */
    static final String TYPE = "metrics";

    private final MetricsOptions options;
    private final ProcessMetrics process;
    private final Tags common;
    private final BrokerType broker = new BrokerType();
    private final MeteredClient client;
    private final MeteredServer server;
    private final AtomicBoolean closed = new AtomicBoolean();

    private MetricsWrapper(ProcessMetrics process, MetricsOptions options, ServiceIdentity who) {
        this.options = options;
        this.process = process;
        this.common = labels(options, who);
        SeriesFactory factory =
                new SeriesFactory(process.meters(), common, new CodeLabels(options.codes()), options.buckets());
        int most = options.maxEndpoints();
        this.client = new MeteredClient(
                new SeriesTable(most, factory::called), new SeriesTable(most, factory::published), broker);
        this.server = new MeteredServer(
                who.name(),
                new SeriesTable(most, options.names() == MetricNames.GO_MICRO ? factory::goMicro : factory::served),
                new SeriesTable(most, factory::processed),
                broker);
        process.show(options.address(), options.path());
    }

    private static Tags labels(MetricsOptions options, ServiceIdentity who) {
        Tags tags = Tags.empty();
        if (options.names() == MetricNames.GO_MICRO) {
            tags = tags.and("micro_name", who.name(), "micro_id", who.id());
        }
        for (Map.Entry<String, String> label : options.labels().entrySet()) {
            tags = tags.and(label.getKey(), label.getValue());
        }
        return tags;
    }

    /**
     * Makes a wrapper, and shows the metrics of its Vert.x.
     *
     * @param vertx   whose registry and pages it uses
     * @param options settings
     * @param who     who the service is
     * @return the wrapper, to be closed
     */
    public static MetricsWrapper create(Vertx vertx, MetricsOptions options, ServiceIdentity who) {
        return new MetricsWrapper(ProcessMetrics.join(vertx, options.jvm()), options, who);
    }

    /**
     * Finds the registry that the services of a Vert.x share, for meters of one's own.
     *
     * @param vertx which
     * @return the registry; empty where no service has a wrapper of this type
     */
    public static Optional<MeterRegistry> registry(Vertx vertx) {
        return ProcessMetrics.registry(vertx);
    }

    @Override
    public Optional<ClientInterceptor> client() {
        return Optional.of(client);
    }

    @Override
    public Optional<AttemptInterceptor> attempt() {
        return Optional.of(client);
    }

    @Override
    public Optional<ServerInterceptor> server() {
        return Optional.of(server);
    }

    @Override
    public void wraps(WrappedParts parts) {
        broker.is(parts.broker().type());
        process.statistics().add(this, parts, common);
        process.readings().add(this, parts.service(), parts.wrappers(), common);
    }

    @Override
    public Future<Void> close() {
        if (closed.getAndSet(true)) {
            return Future.succeededFuture();
        }
        process.statistics().remove(this);
        process.readings().remove(this);
        return process.hide(options.address(), options.path()).eventually(() -> {
            process.leave();
            return Future.succeededFuture();
        });
    }
}
