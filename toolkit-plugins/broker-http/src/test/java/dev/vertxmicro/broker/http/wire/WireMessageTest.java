package dev.vertxmicro.broker.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireMessageTest {

    private static WireMessage decode(String text) {
        return decode(Generation.FIRST, text);
    }

    private static WireMessage decode(Generation form, String text) {
        return WireMessage.decode(Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8)), form);
    }

    /** As captured from a Go publisher. */
    @Test
    void writesWhatGoMicroWrites() {
        Metadata headers = Metadata.of("foo", "bar")
                .with("Micro-Topic", "topic.a")
                .with("Content-Type", "application/protobuf")
                .with("Micro-Id", "aad8");
        WireMessage message = new WireMessage("topic.a", new Message(headers, Buffer.buffer("\n\u0001x")));
        assertThat(message.encode().content(Generation.FIRST).toString(StandardCharsets.UTF_8))
                .isEqualTo("{\"Header\":{\":topic\":\"topic.a\",\"Content-Type\":\"application/protobuf\","
                        + "\"Micro-Id\":\"aad8\",\"Micro-Topic\":\"topic.a\",\"foo\":\"bar\"},\"Body\":\"CgF4\"}");
    }

    @Test
    void readsWhatItWrites() {
        Message message = new Message(
                Metadata.of("Text", "grüß \"dich\" \\ \u2028 世界"), Buffer.buffer(new byte[] {0, -1, 127, -128}));
        WireMessage read =
                WireMessage.decode(new WireMessage("t", message).encode().content(Generation.FIRST), Generation.FIRST);
        assertThat(read.topic()).isEqualTo("t");
        assertThat(read.message().headers().toMap()).isEqualTo(message.headers().toMap());
        assertThat(read.message().body().getBytes()).containsExactly(0, -1, 127, -128);
    }

    /** As captured from publishers of v2.9.1 and v5.3.0, which replace what the caller named so. */
    @Test
    void writesWhatLaterGoMicroWrites() {
        Metadata headers =
                Metadata.of("foo", "bar").with("Micro-Topic", "another").with("Micro-Id", "aad8");
        EncodedEvent event = new WireMessage("topic.a", new Message(headers, Buffer.buffer("\n\u0001x"))).encode();
        String expected =
                "{\"Header\":{\"Micro-Id\":\"aad8\",\"Micro-Topic\":\"topic.a\",\"foo\":\"bar\"},\"Body\":\"CgF4\"}";
        assertThat(event.content(Generation.LATER).toString(StandardCharsets.UTF_8))
                .isEqualTo(expected);
        assertThat(event.content(Generation.LATER).toString(StandardCharsets.UTF_8))
                .as("to the next node")
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "FIRST, a, b, a",
        "LATER, a, b, b",
        "FIRST, , b, b",
        "LATER, a, , a",
        "FIRST, '', b, b",
        "LATER, a, '', a",
        "LATER, , , ''"
    })
    void takesTheTopicFromTheHeaderOfItsForm(Generation form, String first, String later, String topic) {
        String headers = (first == null ? "" : "\":topic\":\"" + first + "\",")
                + (later == null ? "" : "\"Micro-Topic\":\"" + later + "\",") + "\"A\":\"b\"";
        WireMessage read = decode(form, "{\"Header\":{" + headers + "},\"Body\":\"YQ==\"}");
        assertThat(read.topic()).isEqualTo(topic);
        assertThat(read.message().headers().get("Micro-Topic")).isEqualTo(Optional.ofNullable(later));
        assertThat(read.message().headers().get(":topic")).isEmpty();
    }

    @Test
    void readsKeysInAnyCaseAndSkipsOthers() {
        WireMessage read =
                decode("{\"x\":[{\"Body\":1}],\"BODY\":\"YQ==\",\"header\":{\":topic\":\"t\",\"A\":\"b\"}} \n");
        assertThat(read.topic()).isEqualTo("t");
        assertThat(read.message().headers().toMap()).isEqualTo(Map.of("A", "b"));
        assertThat(read.message().body()).hasToString("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "{\"Header\":null,\"Body\":null}", "{\"Header\":{},\"Body\":\"\"}"})
    void readsNothing(String text) {
        WireMessage read = decode(text);
        assertThat(read.topic()).isEmpty();
        assertThat(read.message().headers().size()).isZero();
        assertThat(read.message().body().length()).isZero();
    }

    @Test
    void readsANullHeaderAsEmpty() {
        assertThat(decode("{\"Header\":{\"A\":null}}").message().headers().get("A"))
                .contains("");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "``; at byte 0 (expected: '{')",
                "[]; at byte 0 (expected: '{')",
                "1; at byte 0 (expected: '{')",
                "{\"Header\":1}; at byte 10 (expected: '{')",
                "{\"Header\":{\"a\":1}}; at byte 15 (expected: a text)",
                "{\"Body\":[1]}; at byte 8 (expected: a text)",
                "{} {}; at byte 3 (expected: the end)",
                "{\"Body\":\"a\"}; (expected: base64 with padding)",
                "{\"Body\":\"****\"}; (expected: base64)",
                "{\"Header\":{; at byte 11 (expected: a text)",
                "hello; at byte 0 (expected: '{')"
            })
    void refusesWhatIsNoMessage(String text, String why) {
        assertThatThrownBy(() -> decode(text))
                .isInstanceOf(CodecException.class)
                .hasMessageStartingWith("no go-micro envelope: ")
                .hasMessageContaining(why)
                .hasMessageNotContaining("\n");
    }

    @Test
    void refusesJsonThatIsTooDeep() {
        assertThatThrownBy(() -> decode("{\"x\":" + "[".repeat(100_000)))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("at byte 70 (expected: a value)");
    }
}
