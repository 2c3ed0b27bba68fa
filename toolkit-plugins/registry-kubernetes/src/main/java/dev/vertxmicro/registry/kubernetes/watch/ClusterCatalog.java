package dev.vertxmicro.registry.kubernetes.watch;

import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.kubernetes.wire.PodService;
import dev.vertxmicro.registry.kubernetes.wire.PodServices;
import dev.vertxmicro.registry.kubernetes.wire.ServiceSlice;
import dev.vertxmicro.time.RareWarning;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What pods and EndpointSlices tell, by the names of services. A name that pods register is theirs; else it is that of a plain Service. Each change gives the names that it may
 * concern. Confined to one context.
 */
final class ClusterCatalog {
    private static final char PORT = ':';
    private static final RareWarning UNCOUNTED = RareWarning.of(System.getLogger(ClusterCatalog.class.getName()));

    private final String preferredPort;
    private final Map<String, List<KnownService>> pods = new HashMap<>();
    private final Map<String, Map<String, List<KnownService>>> byName = new HashMap<>();
    private final Map<String, ServiceSlice> slices = new HashMap<>();
    private final Map<String, Map<String, ServiceSlice>> byService = new HashMap<>();

    /**
     * Knows nothing yet.
     *
     * @param preferredPort name of the port that is called where a Service has several
     */
    ClusterCatalog(String preferredPort) {
        this.preferredPort = preferredPort;
    }

    /** Takes all pods as they are; those not named are gone, and what is over its time by now has lapsed. */
    Set<String> pods(List<JsonObject> all, Instant now, long nanos) {
        Set<String> names = new HashSet<>();
        Set<String> gone = new HashSet<>(pods.keySet());
        for (JsonObject object : all) {
            PodServices pod = PodServices.read(object);
            gone.remove(pod.pod());
            names.addAll(put(pod, now, nanos, false));
            pods.getOrDefault(pod.pod(), List.of()).stream()
                    .filter(service -> service.due(nanos))
                    .forEach(KnownService::lapse);
        }
        gone.forEach(pod -> names.addAll(put(new PodServices(pod, List.of()), now, nanos, false)));
        return names;
    }

    /** Takes a pod as it has just become. */
    Set<String> pod(PodServices pod, Instant now, long nanos) {
        return put(pod, now, nanos, true);
    }

    private Set<String> put(PodServices pod, Instant now, long nanos, boolean atOnce) {
        Set<String> names = new HashSet<>();
        Map<String, KnownService> before = new HashMap<>();
        for (KnownService service : pods.getOrDefault(pod.pod(), List.of())) {
            before.put(service.key(), service);
            names.add(service.service().name());
            Map<String, List<KnownService>> named =
                    byName.getOrDefault(service.service().name(), new HashMap<>());
            named.remove(pod.pod());
            if (named.isEmpty()) {
                byName.remove(service.service().name());
            }
        }
        List<KnownService> after = new ArrayList<>();
        for (PodService told : pod.services()) {
            known(before.get(told.key()), told, now, nanos, atOnce).ifPresent(service -> {
                after.add(service);
                names.add(told.service().name());
                byName.computeIfAbsent(told.service().name(), key -> new LinkedHashMap<>())
                        .computeIfAbsent(pod.pod(), key -> new ArrayList<>())
                        .add(service);
            });
        }
        if (after.isEmpty()) {
            pods.remove(pod.pod());
        } else {
            pods.put(pod.pod(), after);
        }
        return names;
    }

    /** Whoever may write annotations may write any time: what cannot be counted is left out, and the others count. */
    private static Optional<KnownService> known(
            @Nullable KnownService before, PodService told, Instant now, long nanos, boolean atOnce) {
        try {
            return Optional.of(
                    before == null ? KnownService.first(told, now, nanos) : before.next(told, now, nanos, atOnce));
        } catch (RuntimeException e) {
            UNCOUNTED.warn("kubernetes: annotation " + told.key() + " is left out: " + e);
            return Optional.empty();
        }
    }

    /** Tells whether the time of something is over, which may have been renewed without our hearing of it. */
    boolean anyDue(long nanos) {
        return pods.values().stream().anyMatch(pod -> pod.stream().anyMatch(service -> service.due(nanos)));
    }

    /** Takes all slices as they are; those not named are gone. */
    Set<String> slices(List<JsonObject> all) {
        Set<String> names = new HashSet<>();
        Set<String> gone = new HashSet<>(slices.keySet());
        for (JsonObject object : all) {
            ServiceSlice slice = ServiceSlice.read(object);
            gone.remove(slice.name());
            names.addAll(slice(slice));
        }
        gone.forEach(name -> names.addAll(remove(name)));
        return names;
    }

    /** Takes a slice as it has become. */
    Set<String> slice(ServiceSlice slice) {
        Set<String> names = remove(slice.name());
        if (!slice.service().isEmpty()) {
            slices.put(slice.name(), slice);
            byService.computeIfAbsent(slice.service(), key -> new TreeMap<>()).put(slice.name(), slice);
            names.addAll(called(slice));
        }
        return names;
    }

    /** Takes note that a slice is gone. */
    Set<String> remove(String name) {
        ServiceSlice slice = slices.remove(name);
        if (slice == null) {
            return new HashSet<>();
        }
        Map<String, ServiceSlice> others = byService.getOrDefault(slice.service(), new HashMap<>());
        others.remove(name);
        if (others.isEmpty()) {
            byService.remove(slice.service());
        }
        return called(slice);
    }

    /** Gives the names under which the endpoints of a slice are called: that of the Service, and with a port. */
    private static Set<String> called(ServiceSlice slice) {
        Set<String> names = new HashSet<>(Set.of(slice.service()));
        slice.ports().stream()
                .filter(port -> !port.name().isEmpty())
                .forEach(port -> names.add(slice.service() + PORT + port.name()));
        return names;
    }

    /** Gives what is registered under a name. */
    List<ServiceInfo> registered(String name) {
        return byName.getOrDefault(name, Map.of()).values().stream()
                .flatMap(List::stream)
                .filter(KnownService::holds)
                .map(KnownService::service)
                .toList();
    }

    /** Gives the endpoints of a plain Service. */
    List<ServiceInfo> plain(String name) {
        int colon = name.lastIndexOf(PORT);
        String service = colon < 0 ? name : name.substring(0, colon);
        return byService.getOrDefault(service, Map.of()).values().stream()
                .flatMap(slice -> (colon < 0 ? slice.port(preferredPort) : slice.portNamed(name.substring(colon + 1)))
                        .map(port -> slice.nodes(name, port)).stream())
                .filter(info -> !info.nodes().isEmpty())
                .toList();
    }
}
