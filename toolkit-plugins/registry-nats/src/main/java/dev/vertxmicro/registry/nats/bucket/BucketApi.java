package dev.vertxmicro.registry.nats.bucket;

import dev.vertxmicro.registry.nats.link.NatsTraffic;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerCreateRequest;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.impl.Headers;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The requests of JetStream's API that a bucket needs (NATS ADR-8 and the JSON API of its documentation). jnats makes their bodies; its own
 * calls for them wait for the answer on the thread of the caller.
 */
final class BucketApi {
    private static final String API = "$JS.API.";
    private static final int EXISTS_OTHERWISE = 10058;
    private static final int NO_STREAM = 10059;
    private static final Duration INACTIVE = Duration.ofSeconds(30);

    private final NatsTraffic traffic;
    private final BucketSettings settings;

    BucketApi(NatsTraffic traffic, BucketSettings settings) {
        this.traffic = traffic;
        this.settings = settings;
    }

    /** Makes the bucket, unless it is there, be it with other settings. */
    Future<Void> create() {
        String stream = settings.configuration().getBackingConfig().toJson();
        return request(API + "STREAM.CREATE." + settings.stream(), stream)
                .compose(answer -> errorCode(answer) == EXISTS_OTHERWISE ? Future.succeededFuture() : checked(answer))
                .mapEmpty();
    }

    /** Makes a consumer of entries: of all that are there, or of those to come. */
    Future<JsonObject> consume(String filter, String deliver, boolean present, Duration heartbeat) {
        ConsumerConfiguration.Builder consumer = ConsumerConfiguration.builder()
                .deliverPolicy(present ? DeliverPolicy.LastPerSubject : DeliverPolicy.New)
                .ackPolicy(AckPolicy.None)
                .maxDeliver(1)
                .deliverSubject(deliver)
                .filterSubject(filter)
                .inactiveThreshold(INACTIVE)
                .memStorage(true)
                .numReplicas(1);
        if (!present) {
            consumer.idleHeartbeat(heartbeat);
        }
        String body = new ConsumerCreateRequest(settings.stream(), consumer.build()).toJson();
        return request(API + "CONSUMER.CREATE." + settings.stream(), body).compose(this::checked);
    }

    /** Ends a consumer; if that fails, it ends by itself. */
    void end(String consumer) {
        traffic.publish(API + "CONSUMER.DELETE." + settings.stream() + "." + consumer, "", new byte[0]);
    }

    /** Writes an entry. */
    Future<Void> put(String key, byte[] value) {
        return store(key, null, value);
    }

    /** Marks an entry as deleted. */
    Future<Void> delete(String key) {
        return store(key, new Headers().put("KV-Operation", "DEL"), new byte[0]);
    }

    private Future<Void> store(String key, @Nullable Headers headers, byte[] value) {
        return traffic.request(settings.prefix() + key, headers, value)
                .map(message -> json(message.getData()))
                .compose(this::checked)
                .mapEmpty();
    }

    private Future<JsonObject> request(String subject, String body) {
        return traffic.request(subject, null, body.getBytes(StandardCharsets.UTF_8))
                .map(message -> json(message.getData()));
    }

    private JsonObject json(byte @Nullable [] body) {
        try {
            return new JsonObject(Buffer.buffer(body == null ? new byte[0] : body));
        } catch (DecodeException e) {
            throw traffic.unreachable("JetStream: an answer that is no JSON");
        }
    }

    private static int errorCode(JsonObject answer) {
        return answer.getValue("error") instanceof JsonObject error && error.getValue("err_code") instanceof Number code
                ? code.intValue()
                : 0;
    }

    private Future<JsonObject> checked(JsonObject answer) {
        if (answer.getValue("error") == null) {
            return Future.succeededFuture(answer);
        }
        String why = "JetStream: "
                + (answer.getValue("error") instanceof JsonObject error ? error.getValue("description") : "error");
        return Future.failedFuture(errorCode(answer) == NO_STREAM ? traffic.unserved(why) : traffic.unreachable(why));
    }
}
