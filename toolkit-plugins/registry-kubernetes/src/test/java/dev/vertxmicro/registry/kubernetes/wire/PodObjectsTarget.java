package dev.vertxmicro.registry.kubernetes.wire;

import dev.vertxmicro.testkit.fuzz.FuzzTarget;
import dev.vertxmicro.testkit.fuzz.Inputs;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An object of the API, as a pod and as a slice; and a text as the annotation of a pod, which anybody may write who may change it. */
public final class PodObjectsTarget implements FuzzTarget {

    @Override
    public void decode(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        JsonObject annotations =
                new JsonObject().put(PodKeys.SERVICE_PREFIX + "a", text).put(PodKeys.RENEWED_PREFIX + "a", text);
        JsonObject metadata = new JsonObject().put("name", "pod").put("annotations", annotations);
        PodServices.read(new JsonObject().put("metadata", metadata));
        Renewal.parse(text).ifPresent(renewal -> renewal.left(Instant.EPOCH));
        object(text).ifPresent(object -> {
            PodServices.read(object);
            ServiceSlice slice = ServiceSlice.read(object);
            slice.ports().forEach(port -> slice.nodes("x", port));
        });
    }

    private static Optional<JsonObject> object(String text) {
        try {
            return Optional.of(new JsonObject(text));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<byte[]> seeds() {
        return Inputs.of(
                "{\"name\":\"a\",\"version\":\"1\",\"metadata\":null,\"endpoints\":null,\"nodes\":[{\"id\":\"a-1\",\"address\":\"h:1\"}]}",
                "2026-01-31T12:00:00.123Z PT1M",
                "+1000000000-12-31T23:59:59Z PT2562047788015215H30M7S",
                "{\"metadata\":{\"name\":\"s\",\"labels\":{\"kubernetes.io/service-name\":\"a\"}},\"ports\":[{\"name\":\"http\",\"port\":80}],"
                        + "\"endpoints\":[{\"addresses\":[\"10.0.0.1\"],\"conditions\":{\"ready\":true},\"zone\":\"a\"}]}",
                "{\"metadata\":{\"name\":5,\"annotations\":[]},\"ports\":{},\"endpoints\":[{\"addresses\":[7]}]}");
    }
}
