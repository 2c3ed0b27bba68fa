package dev.vertxmicro.broker.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.message.Metadata;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventEnvelopeTest {

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String write(Metadata headers, String body) {
        return write(headers, bytes(body));
    }

    private static String write(Metadata headers, ByteBuffer body) {
        return new String(EventEnvelope.head(headers), StandardCharsets.UTF_8)
                + new String(EventEnvelope.tail(body), StandardCharsets.UTF_8);
    }

    private static EventEnvelope read(String text) {
        return EventEnvelope.read(bytes(text));
    }

    private static byte[] body(EventEnvelope event) {
        byte[] body = new byte[event.body().remaining()];
        event.body().duplicate().get(body);
        return body;
    }

    private static String text(EventEnvelope event) {
        return new String(body(event), StandardCharsets.UTF_8);
    }

    /** The form that a stock go-micro program writes. */
    @Test
    void writesWhatGoWrites() {
        Metadata headers =
                Metadata.of("foo", "bar").with("Micro-Topic", "topic.a").with("Content-Type", "text/x");
        assertThat(write(headers, "\nx"))
                .isEqualTo("{\"Header\":{\"Content-Type\":\"text/x\","
                        + "\"Micro-Topic\":\"topic.a\",\"foo\":\"bar\"},\"Body\":\"Cng=\"}");
        assertThat(write(Metadata.EMPTY, "")).isEqualTo("{\"Header\":{},\"Body\":\"\"}");
    }

    @Test
    void escapesAsGoDoes() {
        Metadata headers = Metadata.of("k", "a\"b\\c\n\r\t\u0001<>&\u00fc\u4e16\ud83d\ude00\u2028\ud800z");
        assertThat(write(headers, ""))
                .isEqualTo(
                        "{\"Header\":{\"k\":\"a\\\"b\\\\c\\n\\r\\t\\u0001\\u003c\\u003e\\u0026\u00fc\u4e16\ud83d\ude00"
                                + "\\u2028\\ufffdz\"},\"Body\":\"\"}");
    }

    @Test
    void joinsSeveralValuesOfAName() {
        Metadata headers =
                Metadata.builder(3).add("a", "1").add("b", "x").add("A", "2").build();
        assertThat(write(headers, "")).isEqualTo("{\"Header\":{\"a\":\"1, 2\",\"b\":\"x\"},\"Body\":\"\"}");
    }

    @Test
    void readsBackWhatItWrites() {
        Random random = new Random(7);
        for (int length = 0; length < 200; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            StringBuilder value = new StringBuilder();
            random.ints(length % 20, 1, 0xD800).forEach(c -> value.append((char) c));
            Metadata headers = Metadata.of("Name-" + length, value.toString()).with("x", "\ud83d\ude00");
            String written = write(headers, ByteBuffer.wrap(bytes));
            JsonObject json = new JsonObject(written);
            assertThat(Base64.getDecoder().decode(json.getString("Body"))).isEqualTo(bytes);
            assertThat(json.getJsonObject("Header").getString("Name-" + length)).isEqualTo(value.toString());
            assertThat(read(written).headers()).isEqualTo(headers.toMap());
            assertThat(body(read(written))).isEqualTo(bytes);
        }
    }

    @Test
    void takesPartsOfArraysAndMemoryOutsideTheHeap() {
        ByteBuffer part = ByteBuffer.wrap("abcd".getBytes(StandardCharsets.UTF_8), 1, 2);
        assertThat(write(Metadata.EMPTY, part)).isEqualTo("{\"Header\":{},\"Body\":\"YmM=\"}");
        ByteBuffer outside =
                ByteBuffer.allocateDirect(4).put(new byte[] {1, 2, 3, 4}).flip();
        assertThat(write(Metadata.EMPTY, outside)).isEqualTo("{\"Header\":{},\"Body\":\"AQIDBA==\"}");
        assertThat(outside.remaining()).isEqualTo(4);
        ByteBuffer within = bytes("xx{\"Body\":\"YmM=\"}xx");
        within.position(2).limit(within.limit() - 2);
        assertThat(text(EventEnvelope.read(within))).isEqualTo("bc");
        assertThat(text(EventEnvelope.read(within.slice()))).isEqualTo("bc");
        ByteBuffer copy = ByteBuffer.allocateDirect(100).put(within.duplicate()).flip();
        assertThat(text(EventEnvelope.read(copy))).isEqualTo("bc");
        assertThat(copy.position()).isZero();
    }

    @Test
    void readsWhateverFormGoReads() {
        EventEnvelope event = read(" { \"body\" : \"YQ==\" , \"x\" : [1, {\"y\": null}, \"z\", -1.5e3, true, []], "
                + "\"header\":{\"a\":\"\\u00fc\\n\\/\", \"b\" : null } } ");
        assertThat(text(event)).isEqualTo("a");
        assertThat(event.headers()).containsExactly(entry("a", "\u00fc\n/"), entry("b", ""));
        assertThat(text(read("{\"Header\":{},\"Body\":\"Y\\u0051=\\n=\"}"))).isEqualTo("a");
    }

    @Test
    void takesNullForNothing() {
        for (String text : List.of("null", "{}", "{\"Header\":null,\"Body\":null}", "{\"Header\":{},\"Body\":\"\"}")) {
            assertThat(read(text).headers()).as(text).isEmpty();
            assertThat(body(read(text))).as(text).isEmpty();
        }
    }

    /** As {@code encoding/json} fills a map. */
    @Test
    void keepsTheLastOfSeveralValuesAndTheCaseOfNames() {
        EventEnvelope event =
                read("{\"Header\":{\"a\":\"1\",\"A\":\"2\",\"a\":\"3\"},\"Body\":\"YQ==\",\"header\":{\"b\":\"4\"}}");
        assertThat(event.headers()).isEqualTo(Map.of("a", "3", "A", "2", "b", "4"));
        assertThat(read("{\"Header\":{\"a\":\"1\"},\"Header\":null}").headers()).isEmpty();
    }

    @Test
    void readsHostileHeadersInTheirLengthAndNotItsSquare() {
        List<String> names = new ArrayList<>();
        for (int i = 100_000; i > 0; i--) {
            names.add("\"" + Integer.toString(i, 36) + "\":\"\"");
        }
        EventEnvelope event = read("{\"Header\":{" + String.join(",", names) + "}}");
        assertThat(event.headers()).hasSize(100_000);
        assertThat(EventEnvelope.head(Metadata.from(event.headers()))).hasSizeGreaterThan(700_000);
    }

    @Test
    void refusesWhatIsNoEnvelope() {
        List<String> wrong = List.of(
                "",
                "hello",
                "[]",
                "{",
                "{\"Body\"",
                "{\"Body\":\"",
                "{\"Body\":\"a\\",
                "{\"Body\":\"abc\"}",
                "{\"Body\":\"a-==\"}",
                "{\"Body\":\"====\"}",
                "{\"Body\":\"YQ\\u003d\"}",
                "{\"Body\":1}",
                "{\"Header\":[]}",
                "{\"Header\":{\"a\":1}}",
                "{\"Header\":{\"a\":\"\\x\"}}",
                "{\"Header\":{\"a\":\"\\u12\"}}",
                "{\"Header\":{\"a\":\"\n\"}}",
                "{\"x\":" + "[".repeat(100_000),
                "{\"x\":nul}",
                "{\"x\":01}",
                "{\"x\":1.}",
                "{\"x\":+1}",
                "{}x",
                "nullx",
                "{\"Body\":\"\"},");
        for (String text : wrong) {
            assertThatThrownBy(() -> read(text))
                    .as(text)
                    .isInstanceOf(CodecException.class)
                    .hasMessageStartingWith("no go-micro envelope: ");
        }
    }
}
