package dev.vertxmicro.transport.http;

import dev.vertxmicro.message.Metadata;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * Header values as UTF-8 bytes, which is what Go sends and reads.
 *
 * <p>Netty writes and reads header values as Latin-1, so a value that is not ASCII is handed to it as the Latin-1 reading of
 * its UTF-8 bytes. CR and LF become a space, as in Go's writer; control characters are dropped, since no server takes them.
 */
final class HeaderText {
    private HeaderText() {}

    /** Copies the headers of a received message. */
    static Metadata read(MultiMap headers) {
        Metadata.Builder builder = Metadata.builder(headers.size());
        for (Map.Entry<String, String> header : headers) {
            builder.add(header.getKey(), fromWire(header.getValue()));
        }
        return builder.build();
    }

    /** Copies the headers of a message to be sent; those that HTTP itself rules are left out, as Go does. */
    static void write(Metadata metadata, MultiMap headers) {
        metadata.forEach((name, value) -> {
            if (!ruledByHttp(name)) {
                headers.add(name, toWire(value));
            }
        });
    }

    private static boolean ruledByHttp(String name) {
        return switch (name.length()) {
            case 2, 4, 7, 10, 14, 17 ->
                switch (name.toLowerCase(Locale.ROOT)) {
                    case "te", "host", "trailer", "connection", "content-length", "transfer-encoding", "upgrade" ->
                        true;
                    default -> false;
                };
            default -> false;
        };
    }

    static String toWire(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c >= 0x7f) {
                return encode(value);
            }
        }
        return value;
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

    static String fromWire(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) > 0x7f) {
                return new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            }
        }
        return value;
    }
}
