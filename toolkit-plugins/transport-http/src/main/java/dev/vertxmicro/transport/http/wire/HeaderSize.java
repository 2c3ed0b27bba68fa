package dev.vertxmicro.transport.http.wire;

import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Metadata;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Looks before a message is sent whether its headers are more than a server takes: one that refuses them closes the connection, and
 * the caller, who may hear nothing but that, could not tell it from a server that breaks.
 */
public final class HeaderSize {
    /** What a transport adds of its own: first line, host, length, the offer of signs of life. */
    private static final int OWN = 160;
    /** A header takes a colon, a blank and the end of the line; in HTTP/2 it counts 32 bytes (RFC 9113, 10.5.1). */
    private static final int OF_LINE = 4;

    private static final int OF_FIELD = 32;
    /** Bytes of a character at most. */
    private static final int WIDEST = 3;

    private HeaderSize() {}

    /**
     * Compares headers with what a server takes.
     *
     * @param headers of a message
     * @param address whom it goes to
     * @param max     bytes that all headers may have together
     * @param fields  whether they are counted as HTTP/2 does
     * @return the caller's fault, if they are more
     */
    public static Optional<MicroException> refusal(Metadata headers, String address, int max, boolean fields) {
        int each = fields ? OF_FIELD : OF_LINE;
        int own = OWN + address.length() + (fields ? 5 * OF_FIELD : 0);
        Chars chars = new Chars();
        headers.forEach(chars);
        if (own + (long) each * headers.size() + WIDEST * chars.count <= max) {
            return Optional.empty();
        }
        Bytes bytes = new Bytes(each);
        headers.forEach(bytes);
        long size = own + bytes.count;
        return size <= max
                ? Optional.empty()
                : Optional.of(MicroException.internal(
                                "go.micro.client", "metadata: " + size + " bytes of headers (expected: <= " + max + ")")
                        .withFault(Fault.CALLER)
                        .withoutStackTrace());
    }

    /** What costs next to nothing, and is enough for all but large headers. */
    private static final class Chars implements BiConsumer<String, String> {
        private long count;

        @Override
        public void accept(String name, String value) {
            count += name.length() + value.length();
        }
    }

    private static final class Bytes implements BiConsumer<String, String> {
        private final int each;
        private long count;

        Bytes(int each) {
            this.each = each;
        }

        @Override
        public void accept(String name, String value) {
            if (!HeaderText.ruledByHttp(name)) {
                count += each + name.length() + HeaderText.toWire(value).length();
            }
        }
    }
}
