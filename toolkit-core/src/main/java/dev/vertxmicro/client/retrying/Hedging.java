package dev.vertxmicro.client.retrying;

import dev.vertxmicro.client.HedgeOptions;
import dev.vertxmicro.config.Durations;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** When calls are sent to another node besides, by the latencies of late of what is called. */
public final class Hedging {
    /** Whoever makes up names of endpoints is not remembered for ever. */
    private static final int MAX_ENDPOINTS = 1000;

    private final Map<String, RecentLatency> endpoints = new ConcurrentHashMap<>();

    /** Makes one that knows of no endpoint. */
    public Hedging() {}

    /**
     * Says how long a call waits.
     *
     * @param called what is called: its service and its endpoint
     * @param options  of hedging
     * @return how long; empty if it is not to be hedged, because too little is known of its endpoint
     */
    public Optional<Duration> delay(String called, HedgeOptions options) {
        if (options.percentile() == 0) {
            return Optional.of(options.delay());
        }
        long nanos = of(called).percentile(options.percentile());
        return nanos < 0 ? Optional.empty() : Optional.of(Durations.longer(options.delay(), Duration.ofNanos(nanos)));
    }

    /**
     * Hears that an attempt of a call that may be hedged was answered.
     *
     * @param called what is called: its service and its endpoint
     * @param options  of hedging
     * @param took     nanoseconds
     */
    public void answered(String called, HedgeOptions options, long took) {
        if (options.percentile() > 0) {
            of(called).answered(took);
        }
    }

    private RecentLatency of(String called) {
        RecentLatency known = endpoints.get(called);
        if (known != null) {
            return known;
        }
        if (endpoints.size() >= MAX_ENDPOINTS) {
            endpoints.clear();
        }
        return endpoints.computeIfAbsent(called, name -> new RecentLatency());
    }
}
