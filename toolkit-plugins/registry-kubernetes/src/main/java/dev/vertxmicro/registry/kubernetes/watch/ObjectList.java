package dev.vertxmicro.registry.kubernetes.watch;

import dev.vertxmicro.registry.kubernetes.api.ApiFailure;
import dev.vertxmicro.registry.kubernetes.api.ApiServers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * All objects of a kind as they were at one version.
 *
 * @param version from which changes follow
 * @param items   the objects
 */
record ObjectList(String version, List<JsonObject> items) {
    /** More than a cluster has pods. */
    private static final int MOST = 200_000;

    private static final int NO_ANSWER = 0;
    private static final int LARGE = 64 << 10;

    private record Page(String version, String next, List<JsonObject> items) {}

    /** Asks for all, page by page; large pages are read on a worker. */
    static Future<ObjectList> ask(Vertx vertx, ApiServers servers, ObjectKind kind) {
        return more(vertx, servers, kind, "", new ArrayList<>());
    }

    private static Future<ObjectList> more(
            Vertx vertx, ApiServers servers, ObjectKind kind, String next, List<JsonObject> before) {
        return servers.ask(kind.page(next))
                .compose(body -> body.length() < LARGE
                        ? Future.succeededFuture(body).map(whole -> page(kind, whole))
                        : vertx.executeBlocking(() -> page(kind, body), false))
                .compose(page -> {
                    before.addAll(page.items());
                    if (before.size() > MOST) {
                        return Future.failedFuture(new ApiFailure(NO_ANSWER, kind.path() + ": more than " + MOST));
                    }
                    return page.next().isEmpty()
                            ? Future.succeededFuture(new ObjectList(page.version(), before))
                            : more(vertx, servers, kind, page.next(), before);
                });
    }

    private static Page page(ObjectKind kind, Buffer body) {
        try {
            JsonObject list = body.toJsonObject();
            JsonObject metadata = list.getJsonObject("metadata", new JsonObject());
            String next = metadata.getString("continue");
            JsonArray items = list.getJsonArray("items", new JsonArray());
            return new Page(
                    String.valueOf(metadata.getString("resourceVersion", "")),
                    next == null ? "" : next,
                    items == null
                            ? List.of()
                            : items.stream()
                                    .filter(JsonObject.class::isInstance)
                                    .map(JsonObject.class::cast)
                                    .toList());
        } catch (RuntimeException e) { // whoever answers may be no API server
            throw new ApiFailure(
                    NO_ANSWER,
                    kind.path() + ": an answer that is no list: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }
}
