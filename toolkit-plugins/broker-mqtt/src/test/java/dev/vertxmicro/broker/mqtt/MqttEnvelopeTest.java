package dev.vertxmicro.broker.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MqttEnvelopeTest {

    private static Message message(Metadata headers, String body) {
        return new Message(headers, Buffer.buffer(body));
    }

    private static Message read(String text) {
        return MqttEnvelope.read(Buffer.buffer(text));
    }

    /** The form that a stock go-micro program writes. */
    @Test
    void writesWhatGoWrites() {
        Metadata headers =
                Metadata.of("foo", "bar").with("Micro-Topic", "topic.a").with("Content-Type", "text/x");
        assertThat(MqttEnvelope.write(message(headers, "\nx")))
                .hasToString("{\"Header\":{\"Content-Type\":\"text/x\","
                        + "\"Micro-Topic\":\"topic.a\",\"foo\":\"bar\"},\"Body\":\"Cng=\"}");
        assertThat(MqttEnvelope.write(message(Metadata.EMPTY, ""))).hasToString("{\"Header\":{},\"Body\":\"\"}");
    }

    @Test
    void escapesAsGoDoes() {
        Metadata headers = Metadata.of("k", "a\"b\\c\n\r\t\u0001<>&\u00fc\u4e16\ud83d\ude00\u2028\ud800z");
        assertThat(MqttEnvelope.write(message(headers, "")))
                .hasToString(
                        "{\"Header\":{\"k\":\"a\\\"b\\\\c\\n\\r\\t\\u0001\\u003c\\u003e\\u0026\u00fc\u4e16\ud83d\ude00"
                                + "\\u2028\\ufffdz\"},\"Body\":\"\"}");
    }

    @Test
    void joinsSeveralValuesOfAName() {
        Metadata headers =
                Metadata.builder(3).add("a", "1").add("b", "x").add("a", "2").build();
        assertThat(MqttEnvelope.write(message(headers, "")))
                .hasToString("{\"Header\":{\"a\":\"1, 2\",\"b\":\"x\"},\"Body\":\"\"}");
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
            Message message = new Message(headers, Buffer.buffer(bytes));
            Buffer written = MqttEnvelope.write(message);
            JsonObject json = new JsonObject(written);
            assertThat(Base64.getDecoder().decode(json.getString("Body"))).isEqualTo(bytes);
            assertThat(json.getJsonObject("Header").getString("Name-" + length)).isEqualTo(value.toString());
            assertThat(MqttEnvelope.read(written).headers().toMap()).isEqualTo(headers.toMap());
            assertThat(MqttEnvelope.read(written).body().getBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void readsWritesAndSlicesOfDirectBuffers() {
        Buffer direct = BufferInternal.buffer(Unpooled.directBuffer().writeBytes(new byte[] {1, 2, 3, 4}));
        Buffer written = MqttEnvelope.write(new Message(Metadata.EMPTY, direct));
        assertThat(written).hasToString("{\"Header\":{},\"Body\":\"AQIDBA==\"}");
        Buffer within = Buffer.buffer("xx").appendBuffer(written).slice(2, written.length() + 2);
        assertThat(MqttEnvelope.read(within).body().getBytes()).containsExactly(1, 2, 3, 4);
        Buffer sliced = Buffer.buffer("abcd").slice(1, 3);
        assertThat(MqttEnvelope.read(MqttEnvelope.write(new Message(Metadata.EMPTY, sliced)))
                        .body())
                .hasToString("bc");
    }

    @Test
    void readsWhateverFormGoReads() {
        Message message = read(" { \"body\" : \"YQ==\" , \"x\" : [1, {\"y\": null}, \"z\", -1.5e3, true, []], "
                + "\"header\":{\"a\":\"\\u00fc\\n\\/\", \"b\" : null } } ");
        assertThat(message.body()).hasToString("a");
        assertThat(message.headers().get("a")).contains("\u00fc\n/");
        assertThat(message.headers().get("b")).contains("");
        assertThat(read("{}").body().length()).isZero();
        assertThat(read("{\"Header\":null,\"Body\":null}").headers().size()).isZero();
        assertThat(read("{\"Header\":{},\"Body\":\"Y\\u0051=\\n=\"}").body()).hasToString("a");
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
                "{\"Body\":1}",
                "{\"Header\":[]}",
                "{\"Header\":{\"a\":1}}",
                "{\"Header\":{\"a\":\"\\x\"}}",
                "{\"Header\":{\"a\":\"\\u12\"}}",
                "{\"Header\":{\"a\":\"\n\"}}",
                "{\"x\":" + "[".repeat(100_000),
                "{}x",
                "{\"Body\":\"\"},");
        for (String text : wrong) {
            assertThatThrownBy(() -> read(text))
                    .as(text)
                    .isInstanceOf(CodecException.class)
                    .hasMessageStartingWith("no go-micro envelope: ");
        }
    }
}
