package dev.vertxmicro.verticle;

import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientStatistics;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.descriptor.ServiceDescriptor;
import dev.vertxmicro.engine.eventbus.BusCancellations;
import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Endpoint;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls for verticles that know only the event bus: takes them at {@code micro.client}, replies with the answer.
 * docs/event-bus.md describes the messages.
 */
public final class ClientVerticle extends VerticleBase {
    private @Nullable Client client;
    private @Nullable MessageConsumer<Object> consumer;
    private @Nullable BusCancellations cancellations;
    private final Promise<Void> idle = Promise.promise();
    private Duration drainTimeout = Duration.ZERO;
    private boolean byAddress = true;
    private int running;
    private @Nullable Future<Void> stopped;

    /** For the deployment by name. */
    public ClientVerticle() {}

    @Override
    public Future<?> start() {
        ServiceDescriptor descriptor = DescribedVerticles.read(ClientVerticle.class, config());
        Client created = DescribedClient.create(vertx, descriptor);
        client = created;
        drainTimeout = descriptor.server().drainTimeout();
        byAddress = descriptor.byAddress();
        Undeployment.of(context, this::end);
        return DescribedClient.warmedUp(created, descriptor).compose(ready -> listen(created, descriptor.shared()));
    }

    private Future<Void> listen(Client calling, boolean shared) {
        BusCancellations cancelling = BusCancellations.listen(vertx.eventBus(), shared);
        cancellations = cancelling;
        MessageConsumer<Object> opened = BusMessages.consume(
                vertx.eventBus(), BusProtocol.CLIENT, shared, message -> counted(calling, cancelling, message));
        consumer = opened;
        return opened.completion();
    }

    private Future<?> counted(Client calling, BusCancellations cancelling, Message<Object> message) {
        running++;
        Future<?> answer = null;
        try {
            answer = call(calling, cancelling.begin(message), message);
            return answer.onComplete(done -> ended(cancelling, message));
        } finally {
            if (answer == null) {
                ended(cancelling, message);
            }
        }
    }

    private void ended(BusCancellations cancelling, Message<Object> message) {
        cancelling.end(message);
        running--;
        endIfIdle();
    }

    private void endIfIdle() {
        if (stopped != null && running == 0) {
            idle.tryComplete();
        }
    }

    private Future<?> call(Client client, Cancellation cancellation, Message<Object> message) {
        if ("health".equals(message.headers().get(BusProtocol.ACTION))) {
            return Future.succeededFuture(health(client.statistics()));
        }
        String service = BusMessages.required(message, BusProtocol.SERVICE);
        String endpoint = BusMessages.required(message, BusProtocol.ENDPOINT);
        CallContext context = BusMessages.context(message.headers()).withCancellation(cancellation);
        if (message.body() instanceof JsonObject json) {
            Endpoint<JsonObject, JsonObject> signature = Endpoint.unary(endpoint, JsonObject.class, JsonObject.class);
            CallOptions options = options(message.headers(), "application/json");
            return client.call(context, Request.of(service, signature, json).withOptions(options));
        }
        if (message.body() instanceof Buffer bytes) {
            Endpoint<Buffer, Buffer> signature = Endpoint.unary(endpoint, Buffer.class, Buffer.class);
            CallOptions options = options(message.headers(), "application/protobuf");
            return client.call(context, Request.of(service, signature, bytes).withOptions(options));
        }
        throw MicroException.badRequest(
                BusProtocol.CLIENT,
                "body: neither JsonObject nor Buffer (expected: JsonObject for JSON, Buffer for bytes)");
    }

    private static JsonObject health(ClientStatistics counted) {
        return new JsonObject()
                .put("status", "UP")
                .put("calls", counted.calls())
                .put("retries", counted.retries())
                .put("lateAnswers", counted.lateAnswers())
                .put("hedges", counted.hedges())
                .put("ejections", counted.ejections());
    }

    private CallOptions options(MultiMap headers, String contentType) {
        String asked = headers.get(BusProtocol.CONTENT_TYPE);
        CallOptions options = CallOptions.DEFAULTS.withContentType(asked == null ? contentType : asked);
        Optional<Duration> timeout = BusMessages.timeout(BusProtocol.CLIENT, headers);
        if (timeout.isPresent()) {
            options = options.withRequestTimeout(timeout.get());
        }
        String address = headers.get(BusProtocol.ADDRESS);
        if (address == null) {
            return options;
        }
        if (!byAddress) {
            throw MicroException.forbidden(
                    BusProtocol.CLIENT,
                    "header address: not allowed here (expected: none; client.addressHeader is false)");
        }
        return options.withAddresses(address);
    }

    @Override
    public Future<?> stop() {
        return end();
    }

    /** The address leaves first; calls that run have the drain timeout to end; then the client is closed. */
    private Future<Void> end() {
        Future<Void> known = stopped;
        if (known == null) {
            Promise<Void> begun = Promise.promise();
            stopped = begun.future();
            known = begun.future();
            (consumer == null ? Future.<Void>succeededFuture() : consumer.unregister())
                    .eventually(this::drained)
                    .eventually(() -> cancellations == null ? Future.<Void>succeededFuture() : cancellations.close())
                    .eventually(() -> client == null ? Future.<Void>succeededFuture() : client.close())
                    .onComplete(begun);
        }
        return known;
    }

    private Future<Void> drained() {
        endIfIdle();
        if (!drainTimeout.isZero()) {
            long alarm = vertx.setTimer(Math.max(1, drainTimeout.toMillis()), late -> idle.tryComplete());
            idle.future().onComplete(done -> vertx.cancelTimer(alarm));
            return idle.future();
        }
        return Future.succeededFuture();
    }
}
