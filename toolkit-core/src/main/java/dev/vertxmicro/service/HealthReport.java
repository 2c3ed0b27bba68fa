package dev.vertxmicro.service;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What all checks have found.
 *
 * @param checks in the order of their registration
 */
public record HealthReport(List<Entry> checks) {
    /** Copies the list. */
    public HealthReport {
        checks = List.copyOf(checks);
    }

    /**
     * What one check has found.
     *
     * @param id     its name
     * @param status what it has found
     */
    public record Entry(String id, HealthStatus status) {

        /**
         * Writes it as vertx-health-check does.
         *
         * @return {@code id}, {@code status} ({@code UP} or {@code DOWN}) and, if there are any, {@code data}
         */
        public JsonObject toJson() {
            JsonObject json = new JsonObject().put("id", id).put("status", word(status.up()));
            return status.data().isEmpty()
                    ? json
                    : json.put("data", status.data().copy());
        }
    }

    /**
     * Tells whether all is well.
     *
     * @return true if no check is down
     */
    public boolean up() {
        return checks.stream().allMatch(entry -> entry.status().up());
    }

    /**
     * Writes it as vertx-health-check does.
     *
     * @return {@code status} and {@code outcome}, {@code UP} or {@code DOWN}, and {@code checks}
     */
    public JsonObject toJson() {
        JsonArray each = new JsonArray();
        checks.forEach(entry -> each.add(entry.toJson()));
        String word = word(up());
        return new JsonObject().put("status", word).put("checks", each).put("outcome", word);
    }

    private static String word(boolean up) {
        return up ? "UP" : "DOWN";
    }
}
