package dev.vertxmicro.transport.http.multiplex;

import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.transport.http.wire.FrameException;
import dev.vertxmicro.transport.http.wire.HeaderText;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Headers as they stand in a frame of a multiplexed connection: their length in bytes (four), then for each a byte that numbers
 * its name (zero: length and name follow), the length of the value, and the value in UTF-8. Lengths within are in seven bits a
 * byte, the low ones first. Not for concurrent use.
 */
final class HeaderBlock {
    /** The place of a name is its number on the wire: new ones go to the end. */
    private static final String[] NAMES = {
        "",
        Headers.CONTENT_TYPE,
        Headers.ACCEPT,
        Headers.TIMEOUT,
        Headers.ID,
        Headers.SERVICE,
        Headers.ENDPOINT,
        Headers.METHOD,
        Headers.ERROR,
        Headers.TOPIC,
        Headers.PROTOCOL,
        Headers.FROM_SERVICE,
        "X-" + Headers.ID,
        "X-" + Headers.ERROR,
    };

    private static final Map<String, Integer> NUMBERS = numbers();
    private static final int USUAL = 12;
    private static final int MAX_LENGTH_BITS = 28;

    private byte[] bytes = new byte[512];
    private int at;
    private int end;

    private static Map<String, Integer> numbers() {
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 1; i < NAMES.length; i++) {
            numbers.put(NAMES[i], i);
        }
        return numbers;
    }

    /**
     * Writes headers; those that HTTP itself rules are left out, as on a connection of HTTP.
     *
     * @return the length of the block without the four bytes that tell it
     * @throws IllegalArgumentException if a name is none for HTTP
     */
    static int write(Metadata headers, ByteBuf to) {
        int start = to.writerIndex();
        to.writeInt(0);
        headers.forEach((name, value) -> write(name, value, to));
        int length = to.writerIndex() - start - 4;
        to.setInt(start, length);
        return length;
    }

    private static void write(String name, String value, ByteBuf to) {
        Integer number = NUMBERS.get(name);
        if (number != null) {
            to.writeByte(number);
        } else if (!HeaderText.token(name)) {
            throw new IllegalArgumentException(HeaderText.noToken(name));
        } else if (HeaderText.ruledByHttp(name)) {
            return;
        } else {
            to.writeByte(0);
            text(name, to);
        }
        text(HeaderText.toWire(value), to);
    }

    /** Writes text whose characters are bytes. */
    private static void text(String text, ByteBuf to) {
        int length = text.length();
        while (length > 0x7f) {
            to.writeByte((length & 0x7f) | 0x80);
            length >>>= 7;
        }
        to.writeByte(length);
        to.writeCharSequence(text, StandardCharsets.ISO_8859_1);
    }

    /**
     * Reads the length of a block.
     *
     * @throws FrameException if there is no such block
     */
    static int length(ByteBuf from) throws FrameException {
        int length = from.readableBytes() < 4 ? -1 : from.readInt();
        if (length < 0 || length > from.readableBytes()) {
            throw new FrameException("headers of " + length + " bytes where " + from.readableBytes() + " are left");
        }
        return length;
    }

    /**
     * Reads headers.
     *
     * @param from   the block and what follows it; read up to its end
     * @param length of the block, which was read already
     * @throws FrameException if it is malformed
     */
    Metadata read(ByteBuf from, int length) throws FrameException {
        if (length > bytes.length) {
            bytes = new byte[length];
        }
        from.readBytes(bytes, 0, length);
        at = 0;
        end = length;
        Metadata.Builder headers = Metadata.builder(USUAL);
        while (at < end) {
            int number = bytes[at++];
            if (number < 0 || number >= NAMES.length) {
                throw new FrameException("header name number " + number);
            }
            headers.add(number == 0 ? name() : NAMES[number], text());
        }
        return headers.build();
    }

    private String name() throws FrameException {
        String name = text();
        if (!HeaderText.token(name)) {
            throw new FrameException("malformed header name");
        }
        return name;
    }

    private String text() throws FrameException {
        int length = 0;
        int shift = 0;
        int next;
        do {
            if (at >= end || shift == MAX_LENGTH_BITS) {
                throw new FrameException("length of a header");
            }
            next = bytes[at++];
            length |= (next & 0x7f) << shift;
            shift += 7;
        } while (next < 0);
        if (length > end - at) {
            throw new FrameException("header of " + length + " bytes where " + (end - at) + " are left");
        }
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }
}
