package dev.vertxmicro.registry.nats.survey;

import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.ServiceJson;
import dev.vertxmicro.registry.nats.nodes.ToldNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The messages of go-plugins' nats registry: a result, {@code {"Action","Service"}}, is a query or a change; an answer is a service.
 * Either may have a key {@code ttl} beside, milliseconds that it holds, which Go writes never and overlooks.
 */
public final class SurveyJson {
    private static final String ACTION = "Action";
    private static final String SERVICE = "Service";
    private static final String TTL = "ttl";
    private static final long LONGEST_MILLIS = Duration.ofDays(3650).toMillis();

    private SurveyJson() {}

    /**
     * A query or a change.
     *
     * @param action  get, list, create, update or delete; any other means nothing
     * @param service with how long it holds; empty in a query for all
     */
    public record Result(String action, Optional<ToldNode> service) {}

    /** Writes a query. */
    static byte[] query(Optional<String> name) {
        JsonObject service = name.map(
                        each -> ServiceJson.write(new ServiceInfo(each, "", Map.of(), List.of(), List.of())))
                .orElse(null);
        return bytes(
                new JsonObject().put(ACTION, name.isPresent() ? "get" : "list").put(SERVICE, service));
    }

    /** Writes a change. */
    static byte[] change(String action, ToldNode node) {
        return bytes(timed(
                new JsonObject().put(ACTION, action).put(SERVICE, ServiceJson.write(node.service())), node.ttl()));
    }

    /** Writes an answer. */
    static byte[] answer(ToldNode node) {
        return bytes(timed(ServiceJson.write(node.service()), node.ttl()));
    }

    private static JsonObject timed(JsonObject json, Duration ttl) {
        return ttl.isZero() ? json : json.put(TTL, Math.max(1, ttl.toMillis()));
    }

    private static byte[] bytes(JsonObject json) {
        return json.toBuffer().getBytes();
    }

    /**
     * Reads a query or a change.
     *
     * @param body of the message
     * @return empty if it is none
     */
    public static Optional<Result> readResult(byte @Nullable [] body) {
        try {
            JsonObject json = object(body);
            String action = json.getString(ACTION);
            JsonObject service = json.getJsonObject(SERVICE);
            return action == null
                    ? Optional.empty()
                    : Optional.of(
                            new Result(action, Optional.ofNullable(service).map(each -> told(each, json))));
        } catch (DecodeException | ClassCastException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads an answer.
     *
     * @param body of the message
     * @return empty if it is none
     */
    public static Optional<ToldNode> readAnswer(byte @Nullable [] body) {
        try {
            JsonObject json = object(body);
            ToldNode told = told(json, json);
            return Optional.of(told).filter(each -> !each.service().name().isEmpty());
        } catch (DecodeException | ClassCastException e) {
            return Optional.empty();
        }
    }

    private static JsonObject object(byte @Nullable [] body) {
        return new JsonObject(Buffer.buffer(body == null ? new byte[0] : body));
    }

    private static ToldNode told(JsonObject service, JsonObject timed) {
        long millis = timed.getValue(TTL) instanceof Number number ? number.longValue() : 0;
        return new ToldNode(
                ServiceJson.readService(service), Duration.ofMillis(Math.max(0, Math.min(millis, LONGEST_MILLIS))));
    }
}
