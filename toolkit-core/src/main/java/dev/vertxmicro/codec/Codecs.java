package dev.vertxmicro.codec;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The codecs that a client or server knows, looked up by content type. Immutable; may be used concurrently. */
public final class Codecs {
    private static final Codecs STANDARD =
            new Codecs(Map.of()).with(Codec.protobuf()).with(Codec.json()).with(Codec.octetStream());

    private final Map<String, Codec> byContentType;

    private Codecs(Map<String, Codec> byContentType) {
        this.byContentType = byContentType;
    }

    /**
     * Knows protobuf, json and octet-stream.
     *
     * @return the codecs
     */
    public static Codecs standard() {
        return STANDARD;
    }

    /**
     * Returns a copy that knows this codec too, in place of one of the same content type.
     *
     * @param codec the codec
     * @return the copy
     */
    public Codecs with(Codec codec) {
        Map<String, Codec> copy = new TreeMap<>(byContentType);
        copy.put(codec.contentType(), codec);
        return new Codecs(Collections.unmodifiableMap(copy));
    }

    /**
     * Finds the codec of a content type. Parameters and case are ignored.
     *
     * @param contentType such as {@code application/json; charset=utf-8}
     * @return the codec, or empty
     */
    public Optional<Codec> find(String contentType) {
        Codec exact = byContentType.get(contentType);
        if (exact != null) {
            return Optional.of(exact);
        }
        int semicolon = contentType.indexOf(';');
        String bare = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
        return Optional.ofNullable(byContentType.get(bare.strip().toLowerCase(Locale.ROOT)));
    }

    /**
     * Says that a content type is not known, and which are.
     *
     * @param contentType the type
     * @return a text for an error's detail
     */
    public String unsupported(String contentType) {
        return "Unsupported Content-Type: " + contentType + " (supported: " + String.join(", ", byContentType.keySet())
                + ")";
    }
}
