package dev.vertxmicro.wrapper.metrics.series;

import dev.vertxmicro.wrapper.metrics.series.EndpointSeries.Ends;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.noop.NoopCounter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Makes what is measured of endpoints and topics, under the names that OpenTelemetry's conventions for RPC and messaging give, or those
 * of go-micro's Prometheus wrapper. May be used from any thread.
 */
public final class SeriesFactory {
    private static final String CODE = "rpc.response.status_code";
    private static final String ERROR = "error.type";

    private final Meters meters;
    private final Tags common;
    private final CodeLabels codes;
    private final Duration[] buckets;

    /**
     * Makes one.
     *
     * @param meters  where
     * @param common  what all of them have
     * @param codes   labels of outcomes
     * @param buckets upper bounds of the histograms
     */
    public SeriesFactory(Meters meters, Tags common, CodeLabels codes, List<Duration> buckets) {
        this.meters = meters;
        this.common = common;
        this.codes = codes;
        this.buckets = buckets.toArray(Duration[]::new);
    }

    /**
     * Makes what is measured where an endpoint is served.
     *
     * @param service its service
     * @param method  its name
     * @return the series
     */
    public EndpointSeries served(String service, String method) {
        Tags tags = rpc(service, method);
        return endpoint("rpc.server", tags, coded("rpc.server.duration", tags, CODE, "Calls and streams served"));
    }

    /**
     * Makes what is measured where an endpoint is called.
     *
     * @param service its service
     * @param method  its name
     * @return the series
     */
    public EndpointSeries called(String service, String method) {
        Tags tags = rpc(service, method);
        return endpoint("rpc.client", tags, coded("rpc.client.duration", tags, CODE, "Calls and streams made"));
    }

    /**
     * Makes what go-micro's Prometheus wrapper measures where an endpoint is served.
     *
     * @param service its service
     * @param method  its name
     * @return the series
     */
    public EndpointSeries goMicro(String service, String method) {
        Tags tags = common.and("method", method);
        return endpoint("rpc.server", rpc(service, method), new GoMicroMeters(meters, tags, codes, buckets));
    }

    private Tags rpc(String service, String method) {
        return common.and("rpc.system", "go-micro", "rpc.service", service, "rpc.method", method);
    }

    private EndpointSeries endpoint(String side, Tags tags, Ends durations) {
        String messages = side + ".stream.messages";
        String description = "Messages of streams";
        return new EndpointSeries(
                meters.clock(),
                codes,
                meters.active(side + ".active_requests", tags, "Calls and streams that run"),
                durations,
                counter(messages, tags.and("direction", "received"), description),
                counter(messages, tags.and("direction", "sent"), description),
                counter(side + ".retries", tags, "Attempts beyond the first"));
    }

    /**
     * Makes what is measured where a topic is published to.
     *
     * @param system the kind of broker
     * @param topic  the topic
     * @return the series
     */
    public EndpointSeries published(String system, String topic) {
        return messages("messaging.publish", system, topic, "Messages published");
    }

    /**
     * Makes what is measured where the messages of a topic are handled.
     *
     * @param system the kind of broker
     * @param topic  the topic
     * @return the series
     */
    public EndpointSeries processed(String system, String topic) {
        return messages("messaging.process", system, topic, "Messages handled, each attempt");
    }

    private EndpointSeries messages(String operation, String system, String topic, String description) {
        Tags tags = common.and("messaging.system", system, "messaging.destination.name", topic);
        LazyCounter none = new LazyCounter(SeriesFactory::nothing);
        return new EndpointSeries(
                meters.clock(),
                codes,
                meters.active(operation + ".active", tags, description + ", under way"),
                coded(operation + ".duration", tags, ERROR, description),
                none,
                none,
                counter(operation + ".redeliveries", tags, "Attempts beyond the first"));
    }

    private LazyCounter counter(String name, Tags tags, String description) {
        return new LazyCounter(() -> meters.counter(name, tags, description));
    }

    /** Timers by code, each made when its code comes first. */
    private Ends coded(String name, Tags tags, String label, String description) {
        AtomicReferenceArray<Timer> timers = new AtomicReferenceArray<>(codes.size());
        int success = codes.place(CodeLabels.SUCCESS);
        return (nanos, place) -> {
            Timer timer = timers.get(place);
            if (timer == null) {
                String value = label.equals(ERROR) && place == success ? "" : codes.label(place);
                timer = meters.timer(name, tags.and(label, value), buckets, description);
                timers.set(place, timer);
            }
            timer.record(nanos, TimeUnit.NANOSECONDS);
        };
    }

    /** Makes one that measures nothing. */
    static EndpointSeries unmeasured() {
        LazyCounter none = new LazyCounter(SeriesFactory::nothing);
        return new EndpointSeries(
                Clock.SYSTEM, new CodeLabels(List.of()), new LongAdder(), (nanos, place) -> {}, none, none, none);
    }

    private static Counter nothing() {
        return new NoopCounter(new Meter.Id("none", Tags.empty(), null, null, Meter.Type.COUNTER));
    }
}
