package dev.vertxmicro.wrapper.metrics.series;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What is measured of each endpoint, or topic, that was used; of no more than so many: what comes after them, and what nobody serves,
 * shares one that is called {@link #OTHER}, whatever names others choose. May be used from any thread.
 */
public final class SeriesTable {
    /** The name of what has none of its own, as OpenTelemetry has it. */
    public static final String OTHER = "_OTHER";

    private final int most;
    private final BiFunction<String, String, EndpointSeries> maker;
    private final Map<String, Map<String, EndpointSeries>> services = new ConcurrentHashMap<>();
    private int size;
    private volatile @Nullable EndpointSeries other;

    /**
     * Makes an empty one.
     *
     * @param most  how many names have their own
     * @param maker makes what is measured, of a service and a name
     */
    public SeriesTable(int most, BiFunction<String, String, EndpointSeries> maker) {
        this.most = most;
        this.maker = maker;
    }

    /**
     * Finds what is measured of a name, for the first time perhaps.
     *
     * @param service the service
     * @param name    the endpoint, or the topic
     * @return never fails
     */
    public EndpointSeries of(String service, String name) {
        EndpointSeries known = find(service, name);
        return known == null ? add(service, name) : known;
    }

    /**
     * Finds what is measured of a name that anybody may have made up.
     *
     * @param service the service
     * @param name    the endpoint, or the topic
     * @return what there is; that of all others if there is none
     */
    public EndpointSeries known(String service, String name) {
        EndpointSeries known = find(service, name);
        return known == null ? other() : known;
    }

    private @Nullable EndpointSeries find(String service, String name) {
        Map<String, EndpointSeries> names = services.get(service);
        return names == null ? null : names.get(name);
    }

    private synchronized EndpointSeries add(String service, String name) {
        EndpointSeries known = find(service, name);
        if (known != null) {
            return known;
        }
        if (size >= most) {
            return other();
        }
        EndpointSeries made = make(service, name);
        services.computeIfAbsent(service, first -> new ConcurrentHashMap<>()).put(name, made);
        size++;
        return made;
    }

    private EndpointSeries other() {
        EndpointSeries known = other;
        if (known == null) {
            known = make(OTHER, OTHER);
            other = known;
        }
        return known;
    }

    /** A library that refuses a name must not have a call fail. */
    private EndpointSeries make(String service, String name) {
        try {
            return maker.apply(service, name);
        } catch (Throwable e) {
            EndpointSeries.notMeasured(e);
            return SeriesFactory.unmeasured();
        }
    }
}
