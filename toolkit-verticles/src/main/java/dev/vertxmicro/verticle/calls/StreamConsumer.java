package dev.vertxmicro.verticle.calls;

import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.engine.eventbus.stream.BusOpening;
import dev.vertxmicro.engine.eventbus.stream.BusStreams;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.verticle.streams.StreamRelay;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;

/** Opens the streams that are asked for at {@code micro.client}, and carries their messages between the event bus and the service. */
public final class StreamConsumer {
    private static final String JSON = "application/json";

    private final BusStreams streams;
    private final Client client;
    private final CallHeaders headers;
    private final Timers timers;

    /**
     * Makes it.
     *
     * @param vertx     whose event bus brings the streams
     * @param client    opens them
     * @param byAddress true if callers may say which address is called
     * @param shared    true if the whole cluster may call, not only this process
     */
    public StreamConsumer(Vertx vertx, Client client, boolean byAddress, boolean shared) {
        this.streams = shared
                ? new BusStreams(vertx, BusStreams.MAX_MESSAGE_BYTES)
                : BusStreams.local(vertx, BusStreams.MAX_MESSAGE_BYTES);
        this.client = client;
        this.headers = new CallHeaders(byAddress);
        this.timers = VertxTimers.of(vertx);
    }

    /**
     * Opens a stream, or refuses it.
     *
     * @param message what asks for it, of which {@link BusOpening#is} is true
     * @return completes when the stream is over, or refused; never fails
     */
    public Future<Void> open(Message<Object> message) {
        BusOpening opening;
        try {
            opening = streams.opening(message);
        } catch (MicroException malformed) {
            message.fail(malformed.code(), malformed.text());
            return Future.succeededFuture();
        }
        try {
            return open(opening, message);
        } catch (MicroException wrong) {
            opening.refuse(wrong);
        } catch (RuntimeException wrong) {
            opening.refuse(MicroException.badRequest(BusProtocol.CLIENT, String.valueOf(wrong.getMessage())));
        }
        return Future.succeededFuture();
    }

    private Future<Void> open(BusOpening opening, Message<Object> message) {
        String service = BusMessages.required(message, BusProtocol.SERVICE);
        String name = BusMessages.required(message, BusProtocol.ENDPOINT);
        String named = message.headers().get(BusProtocol.CONTENT_TYPE);
        String contentType = named == null ? JSON : named;
        CallContext context = BusMessages.timeout(BusProtocol.CLIENT, message.headers())
                .map(left -> BusMessages.context(message.headers()).withDeadline(left, timers))
                .orElseGet(() -> BusMessages.context(message.headers()));
        Endpoint<Buffer, Buffer> endpoint =
                new Endpoint<>(name, Buffer.class, Buffer.class, Endpoint.Kind.BIDIRECTIONAL, false);
        Request<Buffer, Buffer> request = Request.of(service, endpoint, Buffer.buffer())
                .withOptions(headers.options(message.headers(), CallHeaders.JSON));
        opening.reserve(); // before the service hears of it
        return client.stream(context, request)
                .transform(stream -> {
                    if (stream.succeeded()) {
                        return begin(opening, stream.result(), contentType.startsWith(JSON));
                    }
                    opening.refuse(MicroException.from(BusProtocol.CLIENT, stream.cause()));
                    return Future.<Void>succeededFuture();
                })
                .otherwiseEmpty();
    }

    private Future<Void> begin(BusOpening opening, ClientStream<Buffer, Buffer> stream, boolean json) {
        Socket socket;
        try {
            socket = opening.accept(json);
        } catch (MicroException full) {
            opening.refuse(full);
            stream.cancel(full);
            return Future.succeededFuture();
        }
        StreamRelay.join(socket, stream, timers);
        return socket.closed();
    }

    /**
     * Gives up what is open.
     *
     * @return completes when that is done
     */
    public Future<Void> close() {
        return streams.close();
    }
}
