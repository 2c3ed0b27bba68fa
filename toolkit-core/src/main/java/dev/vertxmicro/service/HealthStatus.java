package dev.vertxmicro.service;

import io.vertx.core.json.JsonObject;

/**
 * What a check has found, in the words of vertx-health-check. Immutable by agreement: who gets the data leaves it as it is.
 *
 * @param up   whether it is well
 * @param data what operators are told besides, perhaps empty; no secrets
 */
public record HealthStatus(boolean up, JsonObject data) {
    private static final HealthStatus UP = new HealthStatus(true, new JsonObject());
    private static final int MOST_CHARACTERS = 300;

    /**
     * Says that it is well.
     *
     * @return the status, without data
     */
    public static HealthStatus ok() {
        return UP;
    }

    /**
     * Says that it is well.
     *
     * @param data what operators are told besides
     * @return the status
     */
    public static HealthStatus ok(JsonObject data) {
        return new HealthStatus(true, data.copy());
    }

    /**
     * Says that it is not well.
     *
     * @param data what operators are told besides
     * @return the status
     */
    public static HealthStatus down(JsonObject data) {
        return new HealthStatus(false, data.copy());
    }

    /**
     * Says that it is not well.
     *
     * @param cause why, as one line; what is beyond 300 characters is cut off
     * @return the status, with {@code cause} for its data
     */
    public static HealthStatus down(String cause) {
        String line = cause.replaceAll("\\s*\\R\\s*", " ");
        String cut = line.length() > MOST_CHARACTERS ? line.substring(0, MOST_CHARACTERS) + "..." : line;
        return new HealthStatus(false, new JsonObject().put("cause", cut));
    }
}
