package dev.vertxmicro.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import dev.vertxmicro.message.Metadata;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.Charset;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Envelopes byte for byte, as captured from go-micro v1.18. */
class EnvelopeTest {
    private static final Envelope PROTO = Envelope.protoRpc();
    private static final Envelope JSON = Envelope.jsonRpc();
    private static final String ERROR =
            "{\"id\":\"my.id\",\"code\":404,\"detail\":\"thing x\",\"status\":\"Not Found\"}";

    private static Buffer bytes(String hex) {
        return Buffer.buffer(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    private static Envelope.Opened open(Envelope envelope, Buffer body) {
        return envelope.open(Metadata.EMPTY, body);
    }

    private static Envelope.Opened json(String body) {
        return open(JSON, Buffer.buffer(body));
    }

    @Test
    void writesAndReadsTheCapturedProtoRpcRequest() {
        Buffer wire = bytes("00000014 0a09 546573742e43616c6c 11 0200000000000000 00000005 0a03626f62");
        assertThat(PROTO.request("2", "Test.Call", bytes("0a03626f62"))).isEqualTo(wire);
        assertThat(open(PROTO, wire)).isEqualTo(new Envelope.Opened("2", "Test.Call", "", bytes("0a03626f62")));
    }

    @Test
    void writesTheCapturedRequestToANodeWithoutProtocol() {
        Buffer wire = bytes("0000000e 0a03412e42 11 0000000000000000 00000003 0a016e");
        assertThat(PROTO.request("0", "A.B", bytes("0a016e"))).isEqualTo(wire);
        assertThat(open(PROTO, wire)).isEqualTo(new Envelope.Opened("", "A.B", "", bytes("0a016e")));
    }

    @Test
    void writesAndReadsTheCapturedProtoRpcResponse() {
        Buffer wire = bytes("0000000d 0a00 11 0200000000000000 1a00 0000000d 0a0b48656c6c6f203c626f623e");
        assertThat(PROTO.response("2", "", bytes("0a0b48656c6c6f203c626f623e"))).isEqualTo(wire);
        assertThat(open(PROTO, wire).payload()).isEqualTo(bytes("0a0b48656c6c6f203c626f623e"));
    }

    @Test
    void writesAndReadsTheCapturedProtoRpcError() {
        Buffer wire = bytes("0000004e 0a00 11 0000000000000000 1a41")
                .appendString(ERROR)
                .appendInt(0);
        assertThat(ERROR).hasSize(0x41);
        assertThat(PROTO.response("", ERROR, Buffer.buffer())).isEqualTo(wire);
        assertThat(open(PROTO, wire)).isEqualTo(new Envelope.Opened("", "", ERROR, Buffer.buffer()));
    }

    @Test
    void writesLengthsOfMoreThanOneByte() {
        String error = "é".repeat(10_000);
        assertThat(open(PROTO, PROTO.response("7", error, Buffer.buffer("x"))))
                .isEqualTo(new Envelope.Opened("7", "", error, Buffer.buffer("x")));
    }

    @ParameterizedTest
    @CsvSource({"-1,18446744073709551615", "9223372036854775807,9223372036854775807", "x,''", "1e3,''", "'',''"})
    void numbersACallByItsIdOrByNothing(String id, String read) {
        assertThat(open(PROTO, PROTO.request(id, "A.B", Buffer.buffer())).id()).isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00",
                "0000000e",
                "0000000e 0a03412e42",
                "0000000e 0a03412e42 11 0000000000000000",
                "0000000e 0a03412e42 11 0000000000000000 00000003 0a01",
                "ffffffff 0a03412e42 11 0000000000000000 00000003 0a016e",
                "7fffffff 0a03412e42 11 0000000000000000 00000003 0a016e",
                "00000000 ffffffff",
                "00000002 0a7f 00000000",
                "00000003 0affff 00000000"
            })
    void refusesTruncatedProtoRpc(String hex) {
        assertThatThrownBy(() -> open(PROTO, bytes(hex)))
                .isInstanceOf(CodecException.class)
                .hasMessageStartingWith("proto-rpc: ");
    }

    @Test
    void skipsUnknownFieldsOfTheHead() {
        assertThat(open(PROTO, bytes("00000007 2001 0a03412e42 00000000")).method())
                .isEqualTo("A.B");
    }

    @Test
    void writesAndReadsTheCapturedJsonRpcRequest() {
        String wire = "{\"method\":\"Test.Call\",\"params\":[{\"name\":\"bob\"}],\"id\":\"0\"}\n";
        assertThat(JSON.request("0", "Test.Call", Buffer.buffer("{\"name\":\"bob\"}\n")))
                .hasToString(wire);
        assertThat(json(wire))
                .isEqualTo(new Envelope.Opened("0", "Test.Call", "", Buffer.buffer("{\"name\":\"bob\"}")));
    }

    @Test
    void writesAndReadsTheCapturedJsonRpcResponse() {
        String wire = "{\"id\":\"0\",\"result\":{\"msg\":\"hi\"},\"error\":null}\n";
        assertThat(JSON.response("0", "", Buffer.buffer("{\"msg\":\"hi\"}"))).hasToString(wire);
        assertThat(json(wire)).isEqualTo(new Envelope.Opened("0", "", "", Buffer.buffer("{\"msg\":\"hi\"}")));
    }

    @Test
    void writesAndReadsTheCapturedJsonRpcError() {
        String wire = "{\"id\":\"\",\"result\":null,\"error\":\"rpc: can't find service Nope\"}\n";
        assertThat(JSON.response("", "rpc: can't find service Nope", Buffer.buffer()))
                .hasToString(wire);
        assertThat(json(wire)).isEqualTo(new Envelope.Opened("", "", "rpc: can't find service Nope", Buffer.buffer()));
    }

    @Test
    void escapesAsGoDoes() {
        assertThat(JSON.response("", "<a> & \"b\"\n\u0001\u2028\u2029é\\", Buffer.buffer()))
                .hasToString("{\"id\":\"\",\"result\":null,\"error\":\"\\u003ca\\u003e \\u0026 \\\"b\\\"\\n\\u0001"
                        + "\\u2028\\u2029é\\\\\"}\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7|7",
                "-1.50|-1.50",
                "1000000|1000000",
                "true|true",
                "null|''",
                "\"a b\"|a b",
                "{\"a\": [1]}|{\"a\": [1]}",
                "[1,2]|[1,2]"
            })
    void takesAnyIdAsText(String id, String text) {
        assertThat(json("{\"id\":" + id + ",\"method\":\"A.B\",\"params\":[{}]}")
                        .id())
                .isEqualTo(text);
        assertThat(json("{\"method\":\"A.B\",\"params\":[{}],\"id\" : " + id + " }")
                        .id())
                .isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{\"name\":\"é\"}]|{\"name\":\"é\"}",
                "[ {} ]|{}",
                "[{},{\"more\":[1,2]},3]|{}",
                "[ \"text\" ]|\"text\"",
                "[12 ]|12",
                "[12]|12",
                "[true]|true",
                "[]|''",
                "[null]|''",
                "null|''",
                "{\"name\":\"x\"}|{\"name\":\"x\"}"
            })
    void findsTheOneParameter(String params, String payload) {
        assertThat(json("{\"METHOD\":\"A.B\",\"é\":{\"params\":[1]},\"Params\":" + params + ",\"id\":1}"))
                .isEqualTo(new Envelope.Opened("1", "A.B", "", Buffer.buffer(payload)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "1",
                "null",
                "garbage",
                "{\"method\":1}",
                "{\"params\":[",
                "{\"params\":[{}",
                "{\"error\":{}}",
                "{\"id\":{",
                "{\"method\":\"A.B\",\"params\":[{}],\"id\":1"
            })
    void refusesWhatIsNoJsonRpc(String body) {
        assertThatThrownBy(() -> json(body)).isInstanceOf(CodecException.class).hasMessageStartingWith("json-rpc: ");
    }

    @Test
    void refusesDeepJsonRpc() {
        for (String key : new String[] {"params", "result", "id", "other"}) {
            assertThatThrownBy(() -> json("{\"" + key + "\":" + "[".repeat(100_000)))
                    .as(key)
                    .isInstanceOf(CodecException.class);
        }
    }

    @Test
    void readsAnErrorThatSaysNothingAsGoDoes() {
        assertThat(json("{\"id\":1,\"result\":null,\"error\":\"\"}").error()).isEqualTo("unspecified error");
    }

    @Test
    void knowsNothingOfAnEmptyBody() {
        Envelope.Opened nothing = new Envelope.Opened("", "", "", Buffer.buffer());
        assertThat(open(PROTO, Buffer.buffer())).isEqualTo(nothing);
        assertThat(open(JSON, Buffer.buffer())).isEqualTo(nothing);
    }

    @Test
    void namesAMercuryCallInItsHeaders() {
        Envelope mercury = Codecs.standard().find("application/x-protobuf").orElseThrow();
        Buffer message = bytes("0a03626f62");
        Metadata.Builder request = Metadata.builder(3);
        mercury.addRequestHeaders(request, "foo", "Say.Hello");
        Metadata headers = request.build();
        assertThat(headers.toMap())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("Content-Encoding", "request", "Service", "foo", "Endpoint", "Say.Hello"));
        assertThat(mercury.request("1", "Say.Hello", message)).isSameAs(message);
        assertThat(mercury.open(headers, message)).isEqualTo(new Envelope.Opened("", "Say.Hello", "", message));
        Metadata.Builder response = Metadata.builder(1);
        mercury.addResponseHeaders(response);
        assertThat(response.build().toMap()).containsExactly(Map.entry("Content-Encoding", "response"));
        assertThat(mercury.response("1", "", message)).isSameAs(message);
    }

    @Test
    void addsNothingToABareMessage() {
        Envelope bare = Envelope.bare(Codec.json());
        Buffer message = Buffer.buffer("{}");
        assertThat(bare.request("1", "A.B", message)).isSameAs(message);
        assertThat(bare.response("1", "", message)).isSameAs(message);
        assertThat(open(bare, message).payload()).isSameAs(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32BE", "UTF-32LE"})
    void refusesJsonInAnotherEncodingThanUtf8(String charset) {
        for (String text : new String[] {"{\"id\":1}", "{\"method\":\"A.B\",\"params\":[{\"a\":1}],\"id\":[1]}"}) {
            Buffer body = Buffer.buffer(text.getBytes(Charset.forName(charset)));
            assertThatThrownBy(() -> open(JSON, body)).isInstanceOf(CodecException.class);
            assertThatThrownBy(() -> Codec.json().decode(body, Struct.class)).isInstanceOf(CodecException.class);
        }
    }
}
