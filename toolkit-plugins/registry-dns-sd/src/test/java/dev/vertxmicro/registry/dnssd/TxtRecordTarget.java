package dev.vertxmicro.registry.dnssd;

import dev.vertxmicro.testkit.fuzz.FuzzTarget;
import dev.vertxmicro.testkit.fuzz.Inputs;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** TXT record of standard DNS-SD; and one with these bytes, unpacked, as what is packed in it. */
public final class TxtRecordTarget implements FuzzTarget {
    private static final byte[] HEAD = "\11service=a\4id=b".getBytes(StandardCharsets.US_ASCII);
    private static final int PART = 250;

    @Override
    public void decode(byte[] input) {
        read(input);
        String text = Base64.getEncoder().withoutPadding().encodeToString(input);
        byte[] record = HEAD;
        for (int i = 0; i < 40 && i * PART < text.length(); i++) {
            byte[] string = ("z" + i + "=" + text.substring(i * PART, Math.min(text.length(), (i + 1) * PART)))
                    .getBytes(StandardCharsets.US_ASCII);
            record = Inputs.join(record, new byte[] {(byte) string.length}, string);
        }
        read(record);
    }

    private static void read(byte[] record) {
        try {
            TxtRecord.decode(record);
        } catch (IllegalArgumentException declared) {
            // malformed
        }
    }

    @Override
    public List<byte[]> seeds() {
        Map<String, String> metadata = Map.of("protocol", "mucp", "Odd", "x");
        JsonObject wrong = new JsonObject()
                .put("endpoints", new JsonArray().addNull().add(1))
                .put("metadata", new JsonArray());
        return List.of(
                new TxtRecord("foo", "1", "foo-1", List.of(), metadata).encode(),
                Inputs.packed(wrong.encode()),
                Inputs.packed("{\"endpoints\":[{\"name\":\"A\",\"request\":{\"values\":[null]}}],\"metadata\":null}"),
                Inputs.bomb(),
                new byte[0]);
    }
}
