package dev.vertxmicro.engine.eventbus;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Several messages as the body of one, each with its headers and perhaps bytes: number of headers, name and value of each, length of
 * the bytes or -1, the bytes. Numbers are of 4 bytes, big-endian; text is UTF-8 behind its length.
 */
public final class BusBundle {
    private static final int NONE = -1;

    private final Buffer bytes = Buffer.buffer(1024);

    /** Makes an empty one. */
    public BusBundle() {}

    /**
     * Adds a message.
     *
     * @param headers its headers
     * @param body    its body
     */
    public void add(MultiMap headers, @Nullable Buffer body) {
        int start = bytes.length();
        bytes.appendInt(0);
        int count = 0;
        for (Map.Entry<String, String> header : headers) {
            append(header.getKey());
            append(header.getValue());
            count++;
        }
        bytes.setInt(start, count);
        if (body == null) {
            bytes.appendInt(NONE);
        } else {
            bytes.appendInt(body.length()).appendBuffer(body);
        }
    }

    private void append(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        bytes.appendInt(encoded.length).appendBytes(encoded);
    }

    /**
     * Tells how large it is.
     *
     * @return in bytes
     */
    public int length() {
        return bytes.length();
    }

    /**
     * Gives what {@link #read} reads.
     *
     * @return the body of a message
     */
    public Buffer body() {
        return bytes;
    }

    /** Takes the messages of a bundle. */
    @FunctionalInterface
    public interface Reader {

        /**
         * Takes one.
         *
         * @param headers its headers, the reader's to change
         * @param body    its body
         */
        void message(MultiMap headers, @Nullable Buffer body);
    }

    /**
     * Reads a bundle.
     *
     * @param body   as {@link #body} gave it
     * @param reader takes each message, in order; if it throws, the rest is not read
     * @throws IndexOutOfBoundsException if it is none, after those messages that could be read
     */
    public static void read(Buffer body, Reader reader) {
        Cursor cursor = new Cursor(body);
        while (cursor.position < body.length()) {
            MultiMap headers = MultiMap.caseInsensitiveMultiMap();
            for (int left = cursor.number(); left > 0; left--) {
                headers.add(cursor.text(), cursor.text());
            }
            reader.message(headers, cursor.bytes());
        }
    }

    /** Where reading is. */
    private static final class Cursor {
        private final Buffer body;
        private int position;

        private Cursor(Buffer body) {
            this.body = body;
        }

        private int number() {
            int number = body.getInt(position);
            position += Integer.BYTES;
            return number;
        }

        private String text() {
            int length = number();
            return new String(body.getBytes(position, moved(length)), StandardCharsets.UTF_8);
        }

        private @Nullable Buffer bytes() {
            int length = number();
            return length == NONE ? null : body.getBuffer(position, moved(length));
        }

        private int moved(int length) {
            if (length < 0 || length > body.length() - position) {
                throw new IndexOutOfBoundsException("length: " + length + " (expected: 0 to what is left)");
            }
            position += length;
            return position;
        }
    }
}
