package dev.vertxmicro.wrapper.metrics.process;

import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.engine.Certificates;
import dev.vertxmicro.engine.StatusPages;
import dev.vertxmicro.wrapper.metrics.series.Meters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.core.shareddata.Shareable;
import io.vertx.micrometer.backends.BackendRegistries;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of a process: one registry and its pages for all services that run in a Vert.x. The registry is that of
 * vertx-micrometer-metrics, where that is on and writes for Prometheus, so that its metrics stand beside ours. May be used from any
 * thread.
 */
public final class ProcessMetrics implements Shareable {
    private static final String NAME = "dev.vertxmicro.metrics";

    private final Vertx vertx;
    private final PrometheusMeterRegistry registry;
    private final Optional<PrometheusMeterRegistry> own;
    private final Optional<RuntimeMeters> runtime;
    private final Meters meters;
    private final ServiceStatistics statistics;
    private final WrapperReadings readings;
    private final CertificateExpiry expiry;
    private final ScrapePage page;
    private final Map<String, Integer> pages = new HashMap<>();
    private final Map<String, MetricsPort> ports = new HashMap<>();
    private int users;

    private ProcessMetrics(Vertx vertx, boolean jvm) {
        this.vertx = vertx;
        PrometheusMeterRegistry shared = ofVertx();
        this.registry = shared == null ? new PrometheusMeterRegistry(PrometheusConfig.DEFAULT) : shared;
        this.own = shared == null ? Optional.of(registry) : Optional.empty();
        this.runtime = jvm ? own.map(RuntimeMeters::new) : Optional.empty();
        this.meters = new Meters(registry);
        this.statistics = new ServiceStatistics(meters);
        this.readings = new WrapperReadings(meters);
        this.expiry = new CertificateExpiry(registry, Certificates.of(vertx), InstantSource.system());
        this.page = new ScrapePage(vertx, registry, this::refresh);
    }

    private void refresh() {
        readings.refresh();
        expiry.refresh();
    }

    private static @Nullable PrometheusMeterRegistry ofVertx() {
        MeterRegistry registry = BackendRegistries.getDefaultNow();
        return registry instanceof PrometheusMeterRegistry prometheus ? prometheus : null;
    }

    /**
     * Joins those of a Vert.x, until {@link #leave}.
     *
     * @param vertx which
     * @param jvm   whether the first to join wants to know of the JVM, too
     * @return the same for all who use them
     */
    public static ProcessMetrics join(Vertx vertx, boolean jvm) {
        return all(vertx).compute(NAME, (name, known) -> {
            ProcessMetrics joined = known == null ? new ProcessMetrics(vertx, jvm) : known;
            joined.users++;
            return joined;
        });
    }

    private static LocalMap<String, ProcessMetrics> all(Vertx vertx) {
        return vertx.sharedData().getLocalMap(NAME);
    }

    /**
     * Finds the registry of a Vert.x.
     *
     * @param vertx which
     * @return the registry; empty while nobody has joined
     */
    public static Optional<MeterRegistry> registry(Vertx vertx) {
        return Optional.ofNullable(all(vertx).get(NAME)).map(known -> known.registry);
    }

    /** Gives the meters. */
    public Meters meters() {
        return meters;
    }

    /** Gives what shows statistics. */
    public ServiceStatistics statistics() {
        return statistics;
    }

    /** Gives what shows other wrappers. */
    public WrapperReadings readings() {
        return readings;
    }

    /**
     * Shows the page.
     *
     * @param address where; empty for the ports of health endpoints
     * @param path    its path
     * @return completes when it is there; of an address that is taken, not before that is free
     */
    public synchronized Future<Void> show(String address, String path) {
        if (address.isEmpty()) {
            pages.merge(path, 1, Integer::sum);
            StatusPages.of(vertx).put(path, page);
            return Future.succeededFuture();
        }
        MetricsPort known = ports.get(address);
        if (known != null) {
            return known.add(path);
        }
        MetricsPort port = new MetricsPort(vertx, HostPort.listening(address), page);
        ports.put(address, port);
        port.add(path);
        return port.open();
    }

    /**
     * Takes it away, as far as nobody else shows it there.
     *
     * @param address as for {@link #show}
     * @param path    as there
     * @return completes when that is so
     */
    public synchronized Future<Void> hide(String address, String path) {
        if (address.isEmpty()) {
            if (pages.merge(path, -1, Integer::sum) == 0) {
                pages.remove(path);
                StatusPages.of(vertx).remove(path, page);
            }
            return Future.succeededFuture();
        }
        MetricsPort port = ports.get(address);
        if (port == null || !port.remove(path)) {
            return Future.succeededFuture();
        }
        ports.remove(address);
        return port.close();
    }

    /** Ends what {@link #join} began; with the last who leaves, the registry goes. */
    public void leave() {
        all(vertx).computeIfPresent(NAME, (name, known) -> {
            known.users--;
            if (known.users > 0) {
                return known;
            }
            known.expiry.close();
            known.runtime.ifPresent(RuntimeMeters::close);
            known.own.ifPresent(MeterRegistry::close);
            return null;
        });
    }
}
