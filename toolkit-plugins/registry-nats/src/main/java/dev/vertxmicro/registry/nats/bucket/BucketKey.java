package dev.vertxmicro.registry.nats.bucket;

import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.nats.nodes.NatsNodeKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Keys of entries: name, version and node id, a token each. What is neither letter, digit, {@code -} nor {@code _} is written as
 * {@code =} and two hexadecimal digits a byte of UTF-8; what is empty is {@code =}.
 */
public final class BucketKey {
    private static final String EMPTY = "=";
    private static final int PARTS = 3;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private BucketKey() {}

    /** Writes the key of a single node. */
    static String of(ServiceInfo single) {
        NatsNodeKey key = NatsNodeKey.of(single);
        return token(key.name()) + "." + token(key.version()) + "." + token(key.id());
    }

    /** Writes what keys of a service begin with, and of that alone. */
    static String service(String name) {
        return token(name);
    }

    private static String token(String text) {
        if (text.isEmpty()) {
            return EMPTY;
        }
        StringBuilder token = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain((char) (b & 0xff))) {
                token.append((char) b);
            } else {
                token.append('=').append(HEX.toHexDigits(b));
            }
        }
        return token.toString();
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    /**
     * Reads a key.
     *
     * @param key of an entry
     * @return empty if it is none of ours
     */
    public static Optional<NatsNodeKey> read(String key) {
        String[] tokens = key.split("\\.", -1);
        if (tokens.length != PARTS) {
            return Optional.empty();
        }
        try {
            NatsNodeKey read = new NatsNodeKey(text(tokens[0]), text(tokens[1]), text(tokens[2]));
            return Optional.of(read)
                    .filter(each -> !each.name().isEmpty() && !each.id().isEmpty());
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static String text(String token) {
        if (token.equals(EMPTY)) {
            return "";
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            if (c == '=') {
                bytes.write(HexFormat.fromHexDigits(token, i + 1, i + 3));
                i += 2;
            } else {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
