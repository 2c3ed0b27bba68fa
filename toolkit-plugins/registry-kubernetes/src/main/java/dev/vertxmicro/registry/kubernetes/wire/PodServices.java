package dev.vertxmicro.registry.kubernetes.wire;

import dev.vertxmicro.registry.PackedJson;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.ServiceJson;
import dev.vertxmicro.time.RareWarning;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the metadata of a pod tell: whoever may write them may write anything, so what is no service is left out with a line in the log, and the others count.
 *
 * @param pod      its name
 * @param services what it tells; none while it is being deleted
 */
public record PodServices(String pod, List<PodService> services) {
    private static final System.Logger LOG = System.getLogger(PodServices.class.getName());
    private static final RareWarning UNREADABLE = RareWarning.of(LOG);

    /** More than a pod can hold that has anything to say. */
    private static final int MOST_SERVICES = 1_000;

    /**
     * Reads a pod.
     *
     * @param object with its metadata
     * @return what it tells; a pod without a name is empty
     */
    public static PodServices read(JsonObject object) {
        try {
            JsonObject metadata = object.getJsonObject("metadata", new JsonObject());
            String name = String.valueOf(metadata.getString("name", ""));
            JsonObject annotations = metadata.getJsonObject("annotations");
            if (annotations == null || metadata.getValue("deletionTimestamp") != null) {
                return new PodServices(name, List.of());
            }
            return new PodServices(name, services(name, annotations));
        } catch (RuntimeException e) { // whatever a foreign object leads to
            UNREADABLE.warn("kubernetes: a pod with other metadata than pods have: " + e.getMessage());
            return new PodServices("", List.of());
        }
    }

    private static List<PodService> services(String pod, JsonObject annotations) {
        List<PodService> services = new ArrayList<>();
        for (String annotation : annotations.fieldNames()) {
            if (annotation.startsWith(PodKeys.SERVICE_PREFIX) && services.size() < MOST_SERVICES) {
                String key = annotation.substring(PodKeys.SERVICE_PREFIX.length());
                service(pod, annotation, annotations.getValue(annotation))
                        .ifPresent(service -> services.add(new PodService(key, service, renewal(key, annotations))));
            }
        }
        return services;
    }

    private static Optional<ServiceInfo> service(String pod, String annotation, @Nullable Object value) {
        try {
            ServiceInfo service = ServiceJson.readService(PackedJson.parse(String.valueOf(value)));
            if (service.name().isEmpty()) {
                throw new IllegalArgumentException("name: none (expected: the name of a service)");
            }
            if (service.nodes().stream()
                    .anyMatch(node -> node.id().isEmpty() || node.address().isEmpty())) {
                throw new IllegalArgumentException("nodes: one without id or address (expected: both)");
            }
            return Optional.of(service);
        } catch (RuntimeException e) { // whatever a foreign text leads to
            UNREADABLE.warn(
                    "kubernetes: annotation " + annotation + " of pod " + pod + " is left out: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<Renewal> renewal(String key, JsonObject annotations) {
        Object text = annotations.getValue(PodKeys.RENEWED_PREFIX + key);
        return text instanceof String renewed ? Renewal.parse(renewed) : Optional.empty();
    }
}
