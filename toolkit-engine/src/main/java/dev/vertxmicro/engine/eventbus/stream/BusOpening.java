package dev.vertxmicro.engine.eventbus.stream;

import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.transport.Socket;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import org.jspecify.annotations.Nullable;

/** A stream that somebody wants to open: taken or refused, once. A request is answered by its reply, a plain message by a frame. */
public final class BusOpening {
    private final BusStreams streams;
    private final Message<?> asked;
    private final String from;
    private final String stream;
    private final long credit;
    private StreamPlaces.@Nullable Place place;

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
     * Takes a place for the stream, for who has something to do before {@link #accept}; {@link #refuse} gives it back.
     *
     * @throws MicroException with code 503, not taken, if there are too many, or too many of one address
     */
    public void reserve() {
        if (place == null) {
            place = streams.places().take(from);
        }
    }

    /**
     * Takes the stream.
     *
     * @param json true if the other side wants JsonObjects
     * @return this side's end, on the context of the caller, paused until there is a handler
     * @throws MicroException with code 503, not taken, if there are too many, or too many of one address
     */
    public Socket accept(boolean json) {
        reserve();
        Socket socket = take(json);
        socket.closed().onComplete(closed -> giveBack());
        return socket;
    }

    /**
     * Takes a stream that was asked for, the answer to a call of ours: their number is that of the calls.
     *
     * @return this side's end, as of {@link #accept}
     * @throws MicroException with code 503, not taken, after the end
     */
    public Socket acceptAnswer() {
        return take(false);
    }

    private void giveBack() {
        StreamPlaces.Place taken = place;
        if (taken != null) {
            taken.giveBack();
        }
    }

    private BusSocket take(boolean json) {
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
                    .tell(from, null, options)
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
        giveBack();
        if (asked.replyAddress() != null) {
            asked.fail(error.code(), error.text());
        } else {
            streams.sender().reset(from, stream, error);
        }
    }
}
