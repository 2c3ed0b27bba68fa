package dev.vertxmicro.verticle.calls;

import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientStatistics;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.client.Response;
import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.engine.eventbus.BusReply;
import dev.vertxmicro.engine.eventbus.ByReference;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Headers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;

/** Makes the calls that come to {@code micro.client}, each by one message. */
public final class CallConsumer {
    private final Client client;
    private final CallHeaders headers;
    private final ByReference bodies;

    /**
     * Makes it.
     *
     * @param vertx     whose event bus brings the calls
     * @param client    makes them
     * @param byAddress true if callers may say which address is called
     */
    public CallConsumer(Vertx vertx, Client client, boolean byAddress) {
        this.client = client;
        this.headers = new CallHeaders(byAddress);
        this.bodies = ByReference.of(vertx);
    }

    /**
     * Makes a call.
     *
     * @param cancellation of the call
     * @param message      what asks for it
     * @return the body of the reply, or a {@link BusReply}
     * @throws MicroException with code 400 for what is no call
     */
    public Future<?> call(Cancellation cancellation, Message<Object> message) {
        if ("health".equals(message.headers().get(BusProtocol.ACTION))) {
            return Future.succeededFuture(health(client.statistics()));
        }
        String service = BusMessages.required(message, BusProtocol.SERVICE);
        String endpoint = BusMessages.required(message, BusProtocol.ENDPOINT);
        CallContext context = BusMessages.context(message.headers());
        if (cancellation != Cancellation.NEVER) {
            context = context.withCancellation(cancellation);
        }
        if (message.body() instanceof JsonObject json) {
            Endpoint<JsonObject, JsonObject> signature = Endpoint.unary(endpoint, JsonObject.class, JsonObject.class);
            CallOptions options = headers.options(message.headers(), CallHeaders.JSON);
            return client.exchange(context, new Request<>(service, signature, json, options))
                    .map(this::reply);
        }
        if (message.body() instanceof Buffer bytes) {
            Endpoint<Buffer, Buffer> signature = Endpoint.unary(endpoint, Buffer.class, Buffer.class);
            CallOptions options = headers.options(message.headers(), CallHeaders.PROTOBUF);
            return client.exchange(context, new Request<>(service, signature, bytes, options))
                    .map(this::reply);
        }
        throw MicroException.badRequest(
                BusProtocol.CLIENT,
                "body: neither JsonObject nor Buffer (expected: JsonObject for JSON, Buffer for bytes)");
    }

    private BusReply reply(Response<?> response) {
        DeliveryOptions options = BusMessages.versioned();
        response.metadata().forEach((name, value) -> {
            if (!Headers.ofOneMessage(name)) {
                options.addHeader(BusProtocol.METADATA + name, value);
            }
        });
        return new BusReply(response.body(), bodies.options(options, response.body()));
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
}
