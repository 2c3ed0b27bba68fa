package dev.vertxmicro.wrapper.tracing.zipkin;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A span in Zipkin's words, as OpenTelemetry's specification translates it (trace/sdk_exporters/zipkin). */
final class ZipkinSpan {
    private static final AttributeKey<String> SERVICE_NAME = AttributeKey.stringKey("service.name");
    private static final AttributeKey<String> RPC_SERVICE = AttributeKey.stringKey("rpc.service");
    private static final AttributeKey<String> PEER_SERVICE = AttributeKey.stringKey("peer.service");
    private static final AttributeKey<String> SERVER_ADDRESS = AttributeKey.stringKey("server.address");
    private static final AttributeKey<Long> SERVER_PORT = AttributeKey.longKey("server.port");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final String UNKNOWN = "unknown_service";

    private ZipkinSpan() {}

    static JsonObject of(SpanData span) {
        JsonObject json = new JsonObject()
                .put("traceId", span.getTraceId())
                .put("id", span.getSpanId())
                .put("name", span.getName())
                .put("timestamp", micros(span.getStartEpochNanos()))
                .put("duration", Math.max(1, micros(span.getEndEpochNanos() - span.getStartEpochNanos())))
                .put("localEndpoint", new JsonObject().put("serviceName", service(span)));
        if (span.getParentSpanContext().isValid()) {
            json.put("parentId", span.getParentSpanId());
        }
        if (span.getKind() != SpanKind.INTERNAL) {
            json.put("kind", span.getKind().name());
        }
        if (span.getKind() == SpanKind.CLIENT) {
            json.put("remoteEndpoint", remote(span.getAttributes()));
        }
        JsonArray events = new JsonArray();
        span.getEvents().forEach(event -> events.add(annotation(event)));
        return json.put("annotations", events).put("tags", tags(span));
    }

    private static String service(SpanData span) {
        String name = span.getResource().getAttribute(SERVICE_NAME);
        return name == null || name.isEmpty() ? UNKNOWN : name;
    }

    private static long micros(long nanos) {
        return TimeUnit.NANOSECONDS.toMicros(nanos);
    }

    private static JsonObject remote(Attributes attributes) {
        JsonObject remote = new JsonObject();
        String peer = attributes.get(PEER_SERVICE);
        String service = peer == null ? attributes.get(RPC_SERVICE) : peer;
        if (service != null) {
            remote.put("serviceName", service);
        }
        String address = attributes.get(SERVER_ADDRESS);
        if (address != null && IPV4.matcher(address).matches()) {
            remote.put("ipv4", address);
        } else if (address != null && address.indexOf(':') >= 0) {
            remote.put("ipv6", address);
        }
        Long port = attributes.get(SERVER_PORT);
        return port == null ? remote : remote.put("port", port);
    }

    /** Errors are marked by a tag of that name; what is no error must not have it. */
    private static JsonObject tags(SpanData span) {
        JsonObject tags = new JsonObject();
        span.getAttributes().forEach((key, value) -> tags.put(key.getKey(), text(value)));
        tags.put("otel.scope.name", span.getInstrumentationScopeInfo().getName());
        StatusCode status = span.getStatus().getStatusCode();
        if (status != StatusCode.UNSET) {
            tags.put("otel.status_code", status.name().toUpperCase(Locale.ROOT));
        }
        tags.remove("error");
        if (status == StatusCode.ERROR) {
            tags.put("error", span.getStatus().getDescription());
        }
        return tags;
    }

    private static String text(Object value) {
        return value instanceof List<?> list ? new JsonArray(list).encode() : String.valueOf(value);
    }

    private static JsonObject annotation(EventData event) {
        JsonObject attributes = new JsonObject();
        event.getAttributes().forEach((key, value) -> attributes.put(key.getKey(), value));
        String said = attributes.isEmpty() ? event.getName() : '"' + event.getName() + "\":" + attributes.encode();
        return new JsonObject().put("timestamp", micros(event.getEpochNanos())).put("value", said);
    }
}
