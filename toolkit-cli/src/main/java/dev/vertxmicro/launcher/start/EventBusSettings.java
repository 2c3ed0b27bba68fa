package dev.vertxmicro.launcher.start;

import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.json.JsonObject;

/**
 * The section {@code eventBusOptions} of Vert.x's options: what it leaves out keeps its default. Vert.x 5.0 itself then takes zero for
 * times, which it refuses later on, when it connects.
 */
final class EventBusSettings {
    private static final String SECTION = "eventBusOptions";
    /** Two members of a cluster ask each other so often, so that one that hangs is noticed before it is out of the cluster. */
    private static final long PING_MILLIS = 2000;

    private static final long REPLY_MILLIS = 4000;

    private EventBusSettings() {}

    /**
     * Completes options.
     *
     * @param options of Vert.x, as the user wrote them
     * @return a copy whose section for the event bus has all keys
     * @throws ClassCastException if the section is no object
     */
    static JsonObject completed(JsonObject options) {
        JsonObject all = new EventBusOptions()
                .setClusterPingInterval(PING_MILLIS)
                .setClusterPingReplyInterval(REPLY_MILLIS)
                .toJson();
        return options.copy().put(SECTION, all.mergeIn(options.getJsonObject(SECTION, new JsonObject())));
    }
}
