package dev.vertxmicro.testkit.fuzz;

import dev.vertxmicro.registry.PackedJson;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Inputs that several targets begin with. */
public final class Inputs {
    private static final int DEEP = 100_000;

    private Inputs() {}

    /** Texts as UTF-8. */
    public static List<byte[]> of(String... texts) {
        return Stream.of(texts)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** JSON of every kind: empty, deep, with large numbers, malformed, not UTF-8; and these. */
    public static List<byte[]> json(String... texts) {
        List<byte[]> all = new java.util.ArrayList<>(of(texts));
        all.addAll(
                of("", "{}", "[]", "null", "1e999999999", "{\"a\":123456789012345678901234567890,\"b\":\"\\ud800\"}"));
        all.addAll(of("[".repeat(DEEP), "{\"a\":".repeat(DEEP), "[".repeat(DEEP) + "]".repeat(DEEP)));
        all.add(new byte[] {'{', '"', (byte) 0xff, '"', ':', (byte) 0xc0, '}'});
        return all;
    }

    /** A zlib stream of 64 MiB that is 64 KiB long. */
    public static byte[] bomb() {
        byte[] zeros = new byte[64 << 20];
        java.util.zip.Deflater deflater = new java.util.zip.Deflater(9);
        deflater.setInput(zeros);
        deflater.finish();
        byte[] packed = new byte[1 << 17];
        int length = deflater.deflate(packed);
        deflater.end();
        return Arrays.copyOf(packed, length);
    }

    /** A zlib stream of JSON. */
    public static byte[] packed(String json) {
        return PackedJson.pack(new JsonObject(json));
    }

    /** Bytes after one another. */
    public static byte[] join(byte[]... parts) {
        io.vertx.core.buffer.Buffer all = io.vertx.core.buffer.Buffer.buffer();
        Stream.of(parts).forEach(all::appendBytes);
        return all.getBytes();
    }
}
