package dev.vertxmicro.engine.eventbus.stream;

import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.transport.Socket;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;

/** A stream that somebody wants to open: taken or refused, once. A request is answered by its reply, a plain message by a frame. */
public final class BusOpening {
    private final BusStreams streams;
    private final Message<?> asked;
    private final String from;
    private final String stream;
    private final long credit;

    /** Reads a message; fails with code 400 for what opens nothing. */
    BusOpening(BusStreams streams, Message<?> asked) {
        BusMessages.checkVersion(asked);
        this.streams = streams;
        this.asked = asked;
        this.from = BusMessages.required(asked, BusProtocol.STREAM_ADDRESS);
        this.stream = BusMessages.required(asked, BusProtocol.STREAM_ID);
        this.credit = StreamFrames.number(asked.headers(), BusProtocol.CREDIT, StreamFrames.WINDOW);
        if (!from.startsWith(BusProtocol.STREAMS)) {
            throw MicroException.badRequest(
                    asked.address(),
                    "header " + BusProtocol.STREAM_ADDRESS + ": " + from + " (expected: " + BusProtocol.STREAMS + "…)");
        }
    }

    /**
     * Tells whether a message opens a stream.
     *
     * @param message the message
     * @return true if so
     */
    public static boolean is(Message<?> message) {
        return StreamFrames.OPEN.equals(message.headers().get(BusProtocol.FRAME));
    }

    /**
     * Takes the stream.
     *
     * @param json true if the other side wants JsonObjects
     * @return this side's end, on the context of the caller, paused until there is a handler
     * @throws MicroException with code 503, not taken, if there are too many
     */
    public Socket accept(boolean json) {
        BusSocket socket = streams.taken(json);
        DeliveryOptions options = StreamFrames.offering(
                BusMessages.versioned().addHeader(BusProtocol.FRAME, StreamFrames.OPENED),
                socket.id(),
                streams.address());
        if (asked.replyAddress() != null) {
            asked.reply(null, options);
            socket.connect(from, stream, credit);
        } else {
            options.addHeader(BusProtocol.STREAM, stream);
            streams.sender()
                    .tell(from, options)
                    .onSuccess(told -> socket.connect(from, stream, credit))
                    .onFailure(gone -> socket.failed(MicroException.unavailable(from, "nobody is there")));
        }
        return socket;
    }

    /**
     * Refuses the stream.
     *
     * @param error why
     */
    public void refuse(MicroException error) {
        if (asked.replyAddress() != null) {
            asked.fail(error.code(), error.text());
        } else {
            streams.sender().reset(from, stream, error);
        }
    }
}
