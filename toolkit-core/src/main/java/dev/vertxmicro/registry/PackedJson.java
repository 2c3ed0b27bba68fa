package dev.vertxmicro.registry;

import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.JacksonCodec;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * JSON in a zlib stream, as go-micro puts services into TXT records and Consul tags. Reads within limits, as such a stream
 * can unfold to a thousand times its size.
 */
public final class PackedJson {
    /** Most bytes of JSON that are read or written. */
    public static final int MAX_JSON_BYTES = 1 << 20;
    /** Deepest nesting of JSON that is read. */
    public static final int MAX_DEPTH = 64;

    private static final int CHUNK_BYTES = 4096;

    /** Without databind, which takes longer to load than all else that a look-up does. */
    private static final JacksonCodec JSON = new JacksonCodec();

    private PackedJson() {}

    /**
     * Writes an object that is not packed.
     *
     * @param json the object
     * @return its text
     */
    public static String text(JsonObject json) {
        return JSON.toString(json, false);
    }

    /**
     * Packs an object.
     *
     * @param json the object
     * @return a zlib stream (RFC 1950)
     */
    public static byte[] pack(JsonObject json) {
        return packText(text(json));
    }

    /**
     * Packs a text that is no JSON, such as the version in a Consul tag.
     *
     * @param text the text
     * @return a zlib stream (RFC 1950)
     */
    public static byte[] packText(String text) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] chunk = new byte[CHUNK_BYTES];
            while (!deflater.finished()) {
                out.write(chunk, 0, deflater.deflate(chunk));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    /**
     * Unpacks an object.
     *
     * @param zlib a zlib stream
     * @return the object
     * @throws IllegalArgumentException if it is malformed or exceeds a limit
     */
    public static JsonObject unpack(byte[] zlib) {
        return parse(unpackText(zlib));
    }

    /**
     * Reads an object that is not packed, within the same limits.
     *
     * @param json its text
     * @return the object
     * @throws IllegalArgumentException if it is malformed or exceeds a limit
     */
    public static JsonObject parse(String json) {
        try {
            if (json.length() > MAX_JSON_BYTES) {
                throw new DataFormatException("JSON of more than " + MAX_JSON_BYTES + " bytes");
            }
            checkDepth(json);
            if (JSON.fromString(json) instanceof JsonObject object) {
                return object;
            }
            throw new DataFormatException("no object");
        } catch (DataFormatException | RuntimeException e) {
            throw new IllegalArgumentException("packed JSON: " + e.getMessage(), e);
        }
    }

    /**
     * Unpacks a text that is no JSON.
     *
     * @param zlib a zlib stream
     * @return the text
     * @throws IllegalArgumentException if it is malformed or exceeds a limit
     */
    public static String unpackText(byte[] zlib) {
        return unpackText(zlib, MAX_JSON_BYTES);
    }

    /**
     * Unpacks a text of which less is wanted than the limit.
     *
     * @param zlib     a zlib stream
     * @param maxBytes most bytes of the text; unpacking ends right after them
     * @return the text
     * @throws IllegalArgumentException if it is malformed or exceeds a limit
     */
    public static String unpackText(byte[] zlib, int maxBytes) {
        try {
            return inflate(zlib, Math.min(maxBytes, MAX_JSON_BYTES));
        } catch (DataFormatException | RuntimeException e) {
            throw new IllegalArgumentException("packed text: " + e.getMessage(), e);
        }
    }

    private static String inflate(byte[] zlib, int maxBytes) throws DataFormatException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(zlib);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] chunk = new byte[CHUNK_BYTES];
            while (!inflater.finished()) {
                int count = inflater.inflate(chunk);
                if (count == 0) {
                    throw new DataFormatException("zlib stream ends early");
                }
                out.write(chunk, 0, count);
                if (out.size() > maxBytes) {
                    throw new DataFormatException("JSON of more than " + maxBytes + " bytes");
                }
            }
            return out.toString(StandardCharsets.UTF_8);
        } finally {
            inflater.end();
        }
    }

    private static void checkDepth(String json) throws DataFormatException {
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{' || c == '[') {
                if (++depth > MAX_DEPTH) {
                    throw new DataFormatException("JSON nested deeper than " + MAX_DEPTH);
                }
            } else if (c == '}' || c == ']') {
                depth--;
            }
        }
    }
}
