package dev.vertxmicro.wrapper.metrics.process;

import dev.vertxmicro.engine.Certificates;
import dev.vertxmicro.engine.Certificates.Expiry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Shows for how long the certificates of this process are still valid, as it was at the last {@link #refresh}: one number for each file,
 * less than 0 once it has expired. May be used from any thread.
 */
final class CertificateExpiry {
    private final Certificates certificates;
    private final InstantSource clock;
    private final MultiGauge gauges;

    CertificateExpiry(MeterRegistry registry, Certificates certificates, InstantSource clock) {
        this.certificates = certificates;
        this.clock = clock;
        this.gauges = MultiGauge.builder("micro.certificate.expiry")
                .description("How long a certificate is still valid")
                .baseUnit("seconds")
                .register(registry);
    }

    /** Looks at those that there are now. */
    synchronized void refresh() {
        Instant now = clock.instant();
        gauges.register(
                certificates.expiries().stream().map(expiry -> row(expiry, now)).toList(), true);
    }

    private static MultiGauge.Row<?> row(Expiry expiry, Instant now) {
        return MultiGauge.Row.of(
                Tags.of("file", expiry.file(), "subject", expiry.subject()),
                Duration.between(now, expiry.end()).toSeconds());
    }

    /** Shows them no more. */
    synchronized void close() {
        gauges.register(List.of(), true);
    }
}
