package dev.vertxmicro.transport.http.wire;

import dev.vertxmicro.message.Metadata;
import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/**
 * Header values as UTF-8 bytes, which is what Go sends and reads.
 *
 * <p>Netty writes and reads header values as Latin-1, so a value that is not ASCII is handed to it as the Latin-1 reading of
 * its UTF-8 bytes. CR and LF become a space, as in Go's writer; control characters are dropped, since no server takes them.
 */
public final class HeaderText {
    /** Headers of a go-micro request, with two of its own metadata. */
    private static final int USUAL = 12;

    private HeaderText() {}

    /** Copies the headers of a received message. Does not ask how many there are: Vert.x would sort them to tell. */
    public static Metadata read(MultiMap headers) {
        return reading(headers).metadata();
    }

    /** Copies the headers of a received message and counts the memory that they take. */
    public static Reading reading(MultiMap headers) {
        Reading reading = new Reading();
        headers.forEach(reading);
        return reading;
    }

    /** Headers that were read. */
    public static final class Reading implements BiConsumer<String, String> {
        /** On the heap, here and at Netty; the usual number of headers is in what a connection takes anyway. */
        private static final int BYTES_OF_ENTRY = 256;

        private static final int FREE_ENTRIES = 32;

        private final Metadata.Builder builder = Metadata.builder(USUAL);
        private int entries;
        private int bytes;

        @Override
        public void accept(String name, String value) {
            bytes += name.length() + value.length();
            if (++entries > FREE_ENTRIES) {
                bytes += BYTES_OF_ENTRY;
            }
            builder.add(name, fromWire(value));
        }

        /** The headers. */
        public Metadata metadata() {
            return builder.build();
        }

        /** The memory that they take. */
        public int bytes() {
            return bytes;
        }
    }

    /**
     * Copies the headers of a message to be sent; those that HTTP itself rules are left out, as Go does.
     *
     * @throws IllegalArgumentException if a name is none for HTTP
     */
    public static void write(Metadata metadata, MultiMap headers) {
        metadata.forEach((name, value) -> {
            if (!ruledByHttp(name)) {
                headers.add(name, toWire(value));
            }
        });
    }

    /** Tells whether a header is HTTP's own, so that no message may bring it. */
    public static boolean ruledByHttp(String name) {
        return switch (name.length()) {
            case 2 -> name.equalsIgnoreCase("te");
            case 4 -> name.equalsIgnoreCase("host");
            case 7 -> name.equalsIgnoreCase("trailer") || name.equalsIgnoreCase("upgrade");
            case 10 -> name.equalsIgnoreCase("connection");
            case 14 -> name.equalsIgnoreCase("content-length");
            case 17 -> name.equalsIgnoreCase("transfer-encoding");
            default -> false;
        };
    }

    /** Tells whether HTTP takes such a name. */
    public static boolean token(String name) {
        return !name.isEmpty() && HttpHeaderValidationUtil.validateToken(name) == -1;
    }

    /** Words that HTTP does not take such a name. */
    public static String noToken(String name) {
        return "\"" + encode(name) + "\" (expected: letters, digits and !#$%&'*+-.^_`|~)";
    }

    /** The bytes of a value, for those who write them without Netty. */
    public static byte[] wireBytes(String value) {
        return toWire(value).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** HTTP/2 takes no blank at either end, HTTP/1.1 loses it. Wide spaces and their like are text. */
    public static String toWire(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c >= 0x7f) {
                return trimmed(encode(value));
            }
        }
        return trimmed(value);
    }

    private static String trimmed(String value) {
        int from = 0;
        int to = value.length();
        while (from < to && blank(value.charAt(from))) {
            from++;
        }
        while (to > from && blank(value.charAt(to - 1))) {
            to--;
        }
        return value.substring(from, to);
    }

    private static boolean blank(char c) {
        return c == ' ' || c == '\t';
    }

    private static String encode(String value) {
        StringBuilder clean = new StringBuilder(value.length());
        value.chars().forEach(c -> {
            if (c == '\r' || c == '\n') {
                clean.append(' ');
            } else if ((c >= ' ' && c != 0x7f) || c == '\t') {
                clean.append((char) c);
            }
        });
        return new String(clean.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** The text of a value that Netty has read as Latin-1. */
    public static String fromWire(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) > 0x7f) {
                return new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            }
        }
        return value;
    }
}
