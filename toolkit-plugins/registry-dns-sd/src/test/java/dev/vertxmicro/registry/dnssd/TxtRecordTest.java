package dev.vertxmicro.registry.dnssd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.EndpointInfo;
import dev.vertxmicro.registry.PackedJson;
import dev.vertxmicro.registry.Value;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TxtRecordTest {

    private static byte[] record(String... strings) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String string : strings) {
            byte[] bytes = string.getBytes(StandardCharsets.UTF_8);
            out.write(bytes.length);
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }

    private static EndpointInfo endpoint(int i) {
        List<Value> fields = IntStream.range(0, 8)
                .mapToObj(j -> new Value("field" + i * 7919 + j, "string", List.of()))
                .toList();
        Value request = new Value("Request" + i, "Request" + i, fields);
        return new EndpointInfo("Greeter.Method" + i, Optional.of(request), Optional.empty(), Map.of());
    }

    @Test
    void canBeReadByPeople() {
        TxtRecord foo = new TxtRecord("foo", "1", "foo-1", List.of(), Map.of("protocol", "mucp", "broker", "http"));
        assertThat(foo.encode())
                .isEqualTo(record(
                        "txtvers=1", "service=foo", "version=1", "id=foo-1", "m-broker=http", "m-protocol=mucp"));
        assertThat(TxtRecord.decode(foo.encode())).contains(foo);
    }

    @Test
    void carriesWhatPlainStringsCannot() {
        Map<String, String> metadata =
                Map.of("Upper", "1", "upper", "2", "a=b", "3", "ü", "4", "long", "x".repeat(300), "plain", "ü=");
        TxtRecord odd = new TxtRecord("foo.bar", "", "x", List.of(endpoint(1)), metadata);
        assertThat(TxtRecord.decode(odd.encode())).contains(odd);
        assertThat(new String(odd.encode(), StandardCharsets.UTF_8)).contains("m-plain=ü=", "m-upper=2", "z0=");
    }

    @Test
    void leavesOutShapesThatDoNotFit() {
        List<EndpointInfo> many =
                IntStream.range(0, 40).mapToObj(TxtRecordTest::endpoint).toList();
        TxtRecord large = new TxtRecord("foo", "1", "foo-1", many, Map.of());
        assertThat(large.encode().length).isGreaterThan(TxtRecord.MAX_BYTES);
        TxtRecord fitting = large.fitting();
        assertThat(fitting.encode().length).isLessThanOrEqualTo(TxtRecord.MAX_BYTES);
        assertThat(fitting.endpoints()).hasSize(40).allMatch(endpoint -> endpoint.request()
                .isEmpty());
    }

    @Test
    void refusesWhatDoesNotFit() {
        refuses(new TxtRecord("f".repeat(250), "1", "x", List.of(), Map.of()), "is 258 bytes long (expected: <= 255");
        StringBuilder noise = new StringBuilder();
        new java.util.SplittableRandom(1).ints(3000, '0', 'z').forEach(noise::appendCodePoint);
        TxtRecord huge = new TxtRecord("f", "1", "x", List.of(), Map.of("noise", noise.toString()));
        refuses(huge, "(expected: <= 1200, the limit of JmDNS)");
    }

    private static void refuses(TxtRecord record, String detail) {
        assertThatExceptionOfType(MicroException.class)
                .isThrownBy(record::fitting)
                .satisfies(error -> assertThat(error.code()).isEqualTo(400))
                .satisfies(error -> assertThat(error.detail()).contains(detail));
    }

    @Test
    void takesTheFirstStringOfAKeyAndIgnoresTheRest() {
        byte[] text = record("service=foo", "service=bar", "id=1", "flag", "=x", "", "unknown=1");
        assertThat(TxtRecord.decode(text)).contains(new TxtRecord("foo", "", "1", List.of(), Map.of()));
        assertThat(TxtRecord.decode(record("service=foo"))).isEmpty();
        assertThat(TxtRecord.decode(new byte[0])).isEmpty();
        assertThat(TxtRecord.decode(new byte[] {(byte) 200, 'a', '='})).isEmpty();
    }

    @Test
    void refusesMalformedAndHugeContent() {
        malformed("z0=!");
        malformed("z0=" + Base64.getEncoder().encodeToString(new byte[] {1, 2, 3}));
        malformed("z0=" + packed(new JsonObject().put("endpoints", "text")));
        malformed("z0=" + packed(new JsonObject().put("endpoints", new io.vertx.core.json.JsonArray().add(1))));
    }

    private static String packed(JsonObject json) {
        return Base64.getEncoder().withoutPadding().encodeToString(PackedJson.pack(json));
    }

    private static void malformed(String part) {
        assertThatIllegalArgumentException().isThrownBy(() -> TxtRecord.decode(record("service=foo", "id=1", part)));
    }
}
