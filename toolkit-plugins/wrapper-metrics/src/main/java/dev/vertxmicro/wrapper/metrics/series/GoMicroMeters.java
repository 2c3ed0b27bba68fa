package dev.vertxmicro.wrapper.metrics.series;

import dev.vertxmicro.wrapper.metrics.series.EndpointSeries.Ends;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What go-plugins' {@code wrapper/monitoring/prometheus} measures, under its names. */
final class GoMicroMeters implements Ends {
    private static final double NANOS_PER_MICRO = 1_000;

    private final Counter succeeded;
    private final Counter failed;
    private final DistributionSummary latency;
    private final Timer duration;
    private final int success;

    GoMicroMeters(Meters meters, Tags tags, CodeLabels codes, Duration[] buckets) {
        String requests = "How many go-micro requests processed, partitioned by method and status";
        succeeded = meters.counter("micro.request", tags.and("status", "success"), requests);
        failed = meters.counter("micro.request", tags.and("status", "fail"), requests);
        latency = meters.summary(
                "micro.upstream.latency.microseconds",
                tags,
                "Service backend method request latencies in microseconds");
        duration = meters.timer("micro.request.duration", tags, buckets, "Service method request time in seconds");
        success = codes.place(CodeLabels.SUCCESS);
    }

    @Override
    public void ended(long nanos, int place) {
        (place == success ? succeeded : failed).increment();
        latency.record(nanos / NANOS_PER_MICRO);
        duration.record(nanos, TimeUnit.NANOSECONDS);
    }
}
