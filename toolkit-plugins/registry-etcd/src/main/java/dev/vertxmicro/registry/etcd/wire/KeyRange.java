package dev.vertxmicro.registry.etcd.wire;

import com.google.protobuf.ByteString;

/**
 * All keys that begin alike.
 *
 * @param begin the first key
 * @param end   the key after the last one
 */
public record KeyRange(ByteString begin, ByteString end) {
    /**
     * Gives the keys that begin with a text.
     *
     * @param prefix ends with {@code /}
     * @return the keys
     */
    static KeyRange of(String prefix) {
        ByteString begin = ByteString.copyFromUtf8(prefix);
        // The byte after a slash: no prefix of ours ends otherwise.
        ByteString end = ByteString.copyFromUtf8(prefix.substring(0, prefix.length() - 1) + "0");
        return new KeyRange(begin, end);
    }
}
