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
     */
    public StreamConsumer(Vertx vertx, Client client, boolean byAddress) {
        this.streams = new BusStreams(vertx, BusStreams.MAX_MESSAGE_BYTES);
        this.client = client;
        this.headers = new CallHeaders(byAddress);
        this.timers = VertxTimers.of(vertx);
    }

    /**
     * Opens a stream, or refuses it.
     *
     * @param message what asks for it, of which {@link BusOpening#is} is true
     */
    public void open(Message<Object> message) {
        BusOpening opening;
        try {
            opening = streams.opening(message);
        } catch (MicroException malformed) {
            message.fail(malformed.code(), malformed.text());
            return;
        }
        try {
            open(opening, message);
        } catch (MicroException wrong) {
            opening.refuse(wrong);
        } catch (RuntimeException wrong) {
            opening.refuse(MicroException.badRequest(BusProtocol.CLIENT, String.valueOf(wrong.getMessage())));
        }
    }

    private void open(BusOpening opening, Message<Object> message) {
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
                .withOptions(headers.options(message.headers(), contentType));
        client.stream(context, request)
                .onSuccess(stream -> begin(opening, stream, contentType.startsWith(JSON)))
                .onFailure(failure -> opening.refuse(MicroException.from(BusProtocol.CLIENT, failure)));
    }

    private void begin(BusOpening opening, ClientStream<Buffer, Buffer> stream, boolean json) {
        Socket socket;
        try {
            socket = opening.accept(json);
        } catch (MicroException full) {
            opening.refuse(full);
            stream.cancel(full);
            return;
        }
        StreamRelay.join(socket, stream, timers);
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
