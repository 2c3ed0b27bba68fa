package dev.vertxmicro.registry.kubernetes.wire;

import dev.vertxmicro.registry.PackedJson;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.ServiceJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** A change of the labels and annotations of a pod, as a merge patch (RFC 7386): what it does not name stays as it is. Confined to one thread. */
public final class PodPatch {
    private final JsonObject labels = new JsonObject();
    private final JsonObject annotations = new JsonObject();

    /** Changes nothing yet. */
    public PodPatch() {}

    /**
     * Tells a service.
     *
     * @param key     ending of its annotations
     * @param label   ending of its label
     * @param service one version with its nodes
     * @param renewal until when it holds; empty for as long as the pod runs
     */
    public void put(String key, String label, ServiceInfo service, Optional<Renewal> renewal) {
        labels.put(PodKeys.TYPE, PodKeys.SERVICE).put(PodKeys.selector(label), PodKeys.SERVICE);
        annotations.put(PodKeys.SERVICE_PREFIX + key, PackedJson.text(ServiceJson.write(service)));
        annotations.put(PodKeys.RENEWED_PREFIX + key, renewal.map(Renewal::text).orElse(null));
    }

    /**
     * Takes a service back.
     *
     * @param key ending of its annotations
     */
    public void remove(String key) {
        annotations.putNull(PodKeys.SERVICE_PREFIX + key).putNull(PodKeys.RENEWED_PREFIX + key);
    }

    /**
     * Takes the label of a service back.
     *
     * @param label its ending
     */
    public void removeLabel(String label) {
        labels.putNull(PodKeys.selector(label));
    }

    /**
     * Writes it.
     *
     * @return the body of a request
     */
    public Buffer body() {
        JsonObject metadata = new JsonObject().put("annotations", annotations);
        if (!labels.isEmpty()) {
            metadata.put("labels", labels);
        }
        return Buffer.buffer(PackedJson.text(new JsonObject().put("metadata", metadata)));
    }
}
