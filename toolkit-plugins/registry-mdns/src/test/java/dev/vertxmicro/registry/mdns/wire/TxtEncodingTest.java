package dev.vertxmicro.registry.mdns.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vertxmicro.registry.EndpointInfo;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.PackedJson;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

class TxtEncodingTest {
    private static final String GO =
            "789c04c0310a43210c80e1bbfcb34bd7ec1d3b15ba8b2f05c126a2b18b78f7f76dde3afeb528c2d79dc447c7ac6e080f124fbbba578b"
                    + "89d86a2df1d2c8578e8c6cfaf0f0e20de1b74ae79c3b0000ffff0c9c1a9a";

    private static String packed(String json) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(json.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    @Test
    void readsWhatGoMicroWrote() {
        TxtEncoding expected = new TxtEncoding("foo", "1", List.of(), Map.of("protocol", "mucp"));
        assertThat(TxtEncoding.decode(GO)).isEqualTo(expected);
        assertThat(TxtEncoding.decode(GO.toUpperCase(Locale.ROOT))).isEqualTo(expected);
    }

    @Test
    void writesTheJsonOfGoMicro() {
        TxtEncoding foo = new TxtEncoding("foo", "1", List.of(), Map.of("protocol", "mucp"));
        assertThat(foo.json().encode())
                .isEqualTo(
                        "{\"Service\":\"foo\",\"Version\":\"1\",\"Endpoints\":null,\"Metadata\":{\"protocol\":\"mucp\"}}");
    }

    @Test
    void readsLowerCaseKeys() {
        assertThat(TxtEncoding.decode(packed("{\"service\":\"foo\",\"version\":\"1\",\"metadata\":{\"a\":\"b\"}}")))
                .isEqualTo(new TxtEncoding("foo", "1", List.of(), Map.of("a", "b")));
    }

    @Test
    void readsBackWhatItWroteInStringsOf255() {
        Value text = new Value("name", "string", List.of());
        Value request = new Value("HelloRequest", "HelloRequest", List.of(text));
        EndpointInfo hello = new EndpointInfo("Greeter.Hello", Optional.of(request), Optional.empty(), Map.of());
        Node node = new Node("foo-1", "10.1.2.3:9090", Map.of("blob", "x\u00e4\u4e2d".repeat(3), "r", random()));
        TxtEncoding foo = TxtEncoding.of(new ServiceInfo("foo", "1", Map.of(), List.of(hello), List.of(node)));
        List<String> strings = foo.encode();
        assertThat(strings).hasSizeGreaterThan(1);
        assertThat(strings.subList(0, strings.size() - 1)).allMatch(string -> string.length() == 255);
        assertThat(TxtEncoding.decode(String.join("", strings))).isEqualTo(foo);
    }

    private static String random() {
        byte[] bytes = new byte[600];
        new java.util.SplittableRandom(1).nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void refusesWhatInflatesBeyondTheLimit() {
        String bomb = packed("{\"Service\":\"" + "a".repeat(PackedJson.MAX_JSON_BYTES) + "\"}");
        assertThat(bomb).hasSizeLessThan(3000);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TxtEncoding.decode(bomb))
                .withMessageContaining("more than 1048576 bytes");
    }

    @Test
    void refusesJsonNestedTooDeep() {
        String open = "{\"values\":[".repeat(33);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TxtEncoding.decode(packed("{\"Endpoints\":[" + open)))
                .withMessageContaining("nested deeper than 64");
    }

    @Test
    void refusesWhatIsMalformed() {
        for (String text : List.of(
                "",
                "0",
                "zz",
                "789c",
                GO.substring(0, 60),
                packed("[]"),
                packed(""),
                packed("{"),
                packed("{\"Endpoints\":[null]}"),
                packed("{\"Endpoints\":[\"x\"]}"))) {
            assertThatIllegalArgumentException()
                    .as("TXT %s", text)
                    .isThrownBy(() -> TxtEncoding.decode(text))
                    .withMessageStartingWith("TXT: ");
        }
    }
}
