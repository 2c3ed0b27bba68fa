package dev.vertxmicro.engine.eventbus.stream;

import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Metadata;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Writes and reads what the frames of a stream have in common. */
final class StreamFrames {
    static final String OPEN = "open";
    static final String OPENED = "opened";
    static final String MESSAGE = "message";
    static final String END = "end";
    static final String RESET = "reset";
    static final String CREDIT = "credit";
    static final String PING = "ping";
    static final String PONG = "pong";
    /** What a pong repeats of its ping. */
    static final String NONCE = "nonce";

    /** Larger messages go in parts. */
    static final int PART_BYTES = 64 * 1024;
    /** How many frames may be on their way to one end. */
    static final int WINDOW = 16;

    private StreamFrames() {}

    static DeliveryOptions frame(String kind, String stream) {
        return BusMessages.versioned().addHeader(BusProtocol.FRAME, kind).addHeader(BusProtocol.STREAM, stream);
    }

    static DeliveryOptions offering(DeliveryOptions options, String stream, String address) {
        return options.addHeader(BusProtocol.STREAM_ID, stream)
                .addHeader(BusProtocol.STREAM_ADDRESS, address)
                .addHeader(BusProtocol.CREDIT, Integer.toString(WINDOW));
    }

    /** Gives a stream up: what the text of the error does not say of going elsewhere is beside it. */
    static DeliveryOptions reset(String stream, MicroException error) {
        DeliveryOptions options = frame(RESET, stream).addHeader(BusProtocol.ERROR, error.text());
        return switch (error.fault()) {
            case UNREACHABLE -> options.addHeader(BusProtocol.FAILED, BusProtocol.REFUSED);
            case NOT_TAKEN -> options.addHeader(BusProtocol.FAILED, BusProtocol.UNTAKEN);
            case BROKEN -> options.addHeader(BusProtocol.FAILED, BusProtocol.BROKEN);
            default -> options;
        };
    }

    /** Reads why a stream was given up; that it reached nobody is believed only of what was not open yet. */
    static MicroException failure(MultiMap headers, boolean open) {
        MicroException error = error(headers);
        return switch (String.valueOf(headers.get(BusProtocol.FAILED))) {
            case BusProtocol.REFUSED ->
                open
                        ? error.withFault(Fault.BROKEN)
                        : error.withFault(Fault.UNREACHABLE).asRetryable();
            case BusProtocol.UNTAKEN -> open ? error : error.asNotTaken();
            case BusProtocol.BROKEN -> error.withFault(Fault.BROKEN);
            default -> error;
        };
    }

    /** What the other end says that was; whatever it says, it is an error. */
    private static MicroException error(MultiMap headers) {
        String text = headers.get(BusProtocol.ERROR);
        if (text == null || text.isEmpty()) {
            return MicroException.parse(
                    MicroException.internal("micro.stream", "stream was reset").text());
        }
        MicroException error = MicroException.parse(text);
        if (error.code() >= 400 && error.code() < 600) {
            return error;
        }
        String detail = error.detail().isEmpty() ? text : error.detail();
        String id = error.id().isEmpty() ? "micro.stream" : error.id();
        return MicroException.parse(MicroException.internal(id, detail).text());
    }

    static String kind(MultiMap headers) {
        return String.valueOf(headers.get(BusProtocol.FRAME));
    }

    /**
     * Reads a number that is at least 0.
     *
     * @throws MicroException with code 400 for anything else
     */
    static long number(MultiMap headers, String name, long otherwise) {
        String text = headers.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw MicroException.badRequest("micro.stream", "header " + name + ": " + text + " (expected: a number >= 0)");
    }

    /** The header of a frame for one of a message; how a stream ended is one of the protocol, as it is of a reset. */
    static String header(String name) {
        return name.equalsIgnoreCase(Headers.ERROR) ? BusProtocol.ERROR : BusProtocol.METADATA + name;
    }

    static Metadata metadata(MultiMap headers) {
        Metadata metadata = BusMessages.metadata(headers);
        String error = headers.get(BusProtocol.ERROR);
        return error == null ? metadata : metadata.with(Headers.ERROR, error);
    }

    /** A message as a frame has it: JSON as a JsonObject where the other side wants that, else the bytes. */
    static @Nullable Object body(Buffer bytes, boolean json) {
        if (!json || bytes.length() > PART_BYTES) {
            return bytes;
        }
        try {
            return bytes.length() == 0 ? new JsonObject() : new JsonObject(bytes);
        } catch (DecodeException | ClassCastException noObject) {
            return bytes;
        }
    }

    /**
     * Reads a message from a frame.
     *
     * @throws MicroException with code 400 for a body of another kind
     */
    static Buffer bytes(@Nullable Object body) {
        if (body instanceof Buffer bytes) {
            return bytes;
        }
        if (body == null) {
            return Buffer.buffer();
        }
        if (body instanceof JsonObject json) {
            return json.toBuffer();
        }
        if (body instanceof JsonArray json) {
            return json.toBuffer();
        }
        if (body instanceof String text) {
            return Buffer.buffer(text);
        }
        throw MicroException.badRequest(
                "micro.stream",
                "body: " + body.getClass().getName()
                        + " (expected: a Buffer, a JsonObject, a JsonArray, a String or nothing)");
    }
}
