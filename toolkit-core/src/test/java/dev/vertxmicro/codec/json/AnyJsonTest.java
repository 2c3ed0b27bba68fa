package dev.vertxmicro.codec.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Empty;
import com.google.protobuf.Int64Value;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.codec.Codecs;
import dev.vertxmicro.codec.Envelope;
import dev.vertxmicro.codec.JsonOptions;
import dev.vertxmicro.codec.ProtobufJson;
import dev.vertxmicro.codec.kinds.Color;
import dev.vertxmicro.codec.kinds.Elsewhere;
import dev.vertxmicro.codec.kinds.Holder;
import dev.vertxmicro.codec.kinds.Kinds;
import io.vertx.core.buffer.Buffer;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An {@code Any} in JSON: which types are found, and in which shape they are written and read. */
class AnyJsonTest {
    private static final Codec BARE = Codec.json();
    private static final Codec ENVELOPED = Envelope.jsonRpc().payload();
    private static final String URL = "type.googleapis.com/";

    private static Holder holding(Message message) {
        return Holder.newBuilder().setAny(Any.pack(message)).build();
    }

    private static Holder read(String json) {
        return BARE.decode(Buffer.buffer(json), Holder.class);
    }

    private static void passes(Message held, String json) {
        assertThat(BARE.encode(holding(held))).hasToString("{\"any\":" + json + "}\n");
        assertThat(read("{\"any\":" + json + "}")).isEqualTo(holding(held));
    }

    @Test
    void carriesTypesOfTheFile() {
        passes(
                Holder.Inner.newBuilder().setText("x").build(),
                "{\"@type\":\"" + URL + "test.Holder.Inner\",\"text\":\"x\"}");
        passes(Holder.Inner.getDefaultInstance(), "{\"@type\":\"" + URL + "test.Holder.Inner\"}");
    }

    @Test
    void carriesTypesOfImports() {
        Kinds kinds = Kinds.newBuilder()
                .setLongValue(1L << 60)
                .setColor(Color.GREEN)
                .putCounts("a", 2)
                .build();
        passes(
                kinds,
                "{\"@type\":\"" + URL
                        + "test.Kinds\",\"long_value\":1152921504606846976,\"color\":1,\"counts\":{\"a\":2}}");
    }

    @Test
    void carriesWellKnownTypes() {
        passes(
                Duration.newBuilder().setSeconds(1).build(),
                "{\"@type\":\"" + URL + "google.protobuf.Duration\",\"value\":\"1s\"}");
        passes(Int64Value.of(5), "{\"@type\":\"" + URL + "google.protobuf.Int64Value\",\"value\":\"5\"}");
        passes(Empty.getDefaultInstance(), "{\"@type\":\"" + URL + "google.protobuf.Empty\"}");
        Struct struct = Struct.newBuilder()
                .putFields("a", Value.newBuilder().setBoolValue(true).build())
                .build();
        passes(struct, "{\"@type\":\"" + URL + "google.protobuf.Struct\",\"value\":{\"a\":true}}");
        passes(
                Any.pack(Int64Value.of(5)),
                "{\"@type\":\"" + URL + "google.protobuf.Any\",\"value\":{\"@type\":\"" + URL
                        + "google.protobuf.Int64Value\",\"value\":\"5\"}}");
    }

    @Test
    void carriesNothing() {
        Holder empty = Holder.newBuilder().setAny(Any.getDefaultInstance()).build();
        assertThat(BARE.encode(empty)).hasToString("{\"any\":{}}\n");
        assertThat(read("{\"any\":{}}")).isEqualTo(empty);
    }

    @Test
    void carriesTypesThatAreRegistered() {
        Holder holder = holding(Elsewhere.newBuilder().setText("x").setBig(7).build());
        String json = "{\"any\":{\"@type\":\"" + URL + "elsewhere.Elsewhere\",\"text\":\"x\",\"big\":7}}";
        Codecs codecs = Codecs.standard().withJson(JsonOptions.DEFAULTS.withTypes(Set.of(Elsewhere.getDescriptor())));
        Codec codec = codecs.find("application/json").orElseThrow().payload();
        assertThat(codec.encode(holder)).hasToString(json + "\n");
        assertThat(codec.decode(Buffer.buffer(json), Holder.class)).isEqualTo(holder);
        Codec enveloped = codecs.legacy("application/json").orElseThrow().payload();
        assertThat(enveloped.decode(Buffer.buffer(json), Holder.class)).isEqualTo(holder);
        String unknown = "json: google.protobuf.Any: \"type.googleapis.com/elsewhere.Elsewhere\" (expected:"
                + " type.googleapis.com/ and a type of holder.proto, of its imports, or one that the codec was given)";
        assertThatThrownBy(() -> BARE.encode(holder))
                .isInstanceOf(CodecException.class)
                .hasMessage(unknown);
        assertThatThrownBy(() -> read(json)).isInstanceOf(CodecException.class).hasMessage(unknown);
    }

    @Test
    void isAStructToEncodingJson() {
        Holder holder = holding(Holder.Inner.newBuilder().setText("x").build());
        String struct = "{\"any\":{\"type_url\":\"" + URL + "test.Holder.Inner\",\"value\":\"CgF4\"}}";
        assertThat(ENVELOPED.encode(holder)).hasToString(struct);
        assertThat(read(struct)).isEqualTo(holder);
        assertThat(ENVELOPED.decode(Buffer.buffer(struct), Holder.class)).isEqualTo(holder);
    }

    @Test
    void findsTheTypeWhereverItStands() {
        Kinds kinds = Kinds.newBuilder()
                .setInt(1)
                .setText("x")
                .setChild(Kinds.newBuilder().setInt(2))
                .build();
        String json = "{\"more\":[{\"child\":{\"int\":2},\"int\":1,\"@type\":\"" + URL + "test.Kinds\",\"text\":\"x\"},"
                + "{\"value\":{\"value\":\"1s\",\"@type\":\"" + URL + "google.protobuf.Duration\"},\"@type\":\"" + URL
                + "google.protobuf.Any\"}],\"kinds\":{\"int\":3}}";
        assertThat(read(json))
                .isEqualTo(Holder.newBuilder()
                        .addMore(Any.pack(kinds))
                        .addMore(Any.pack(
                                Any.pack(Duration.newBuilder().setSeconds(1).build())))
                        .setKinds(Kinds.newBuilder().setInt(3))
                        .build());
    }

    @Test
    void readsDynamicMessages() {
        DynamicMessage.Builder dynamic = DynamicMessage.newBuilder(Holder.getDescriptor());
        ProtobufJson json = ProtobufJson.of(JsonOptions.PROTOBUF);
        Holder holder = holding(Kinds.newBuilder().setLongValue(5).build());
        Buffer text = json.encode(holder);
        assertThat(text).hasToString("{\"any\":{\"@type\":\"" + URL + "test.Kinds\",\"longValue\":\"5\"}}");
        json.decode(text, dynamic);
        assertThat(dynamic.build().toByteString()).isEqualTo(holder.toByteString());
        assertThat(json.encode(dynamic.build())).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"@type\":\"type.googleapis.com/test.Kinds\",\"zzz\":1}|json: unknown field \"zzz\" in test.Kinds",
                "{\"@type\":\"type.googleapis.com/test.Kinds\",\"int\":1,\"int\":1}|json: test.Kinds.int: twice (expected: once)",
                "{\"@type\":\"type.googleapis.com/google.protobuf.Duration\",\"seconds\":1}|json: unknown field \"seconds\" beside @type type.googleapis.com/google.protobuf.Duration",
                "{\"int\":1}|json: unknown field \"int\" in google.protobuf.Any",
                "{\"@type\":1}|json: @type: VALUE_NUMBER_INT (expected: the URL of a type in google.protobuf.Any)",
                "[]|json: start_array (expected: an object: google.protobuf.Any)"
            })
    void saysWhatIsWrong(String any, String message) {
        assertThatThrownBy(() -> read("{\"any\":" + any + "}"))
                .isInstanceOf(CodecException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({"test.Kinds", "/test.Kinds", "type.googleapis.com/", "type.googleapis.com/none"})
    void refusesWhatNamesNoType(String url) {
        assertThatThrownBy(() -> read("{\"any\":{\"@type\":\"" + url + "\"}}"))
                .isInstanceOf(CodecException.class)
                .hasMessageStartingWith("json: google.protobuf.Any: \"" + url + "\" (expected: ");
    }

    @ParameterizedTest
    @CsvSource({"{\"@type\"", "{\"@type\":", "{\"int\":1", "{\"int\":{", "{"})
    void refusesWhatEndsTooSoon(String any) {
        assertThatThrownBy(() -> read("{\"any\":" + any))
                .isInstanceOf(CodecException.class)
                .hasMessageStartingWith("json: ");
    }

    @Test
    void refusesBytesWithinBytesWithoutEnd() {
        Any any = Any.pack(Empty.getDefaultInstance());
        for (int i = 0; i < 10_000; i++) {
            any = Any.newBuilder()
                    .setTypeUrl("/google.protobuf.Any")
                    .setValue(any.toByteString())
                    .build();
        }
        Holder deep = Holder.newBuilder().setAny(any).build();
        assertThatThrownBy(() -> BARE.encode(deep)).isInstanceOf(CodecException.class);
    }

    @Test
    void looksForTheTypeOnlySoOften() {
        String type = ",\"@type\":\"" + URL + "google.protobuf.Any\"}";
        String inner = "{\"value\":\"" + "x".repeat(1000) + "\",\"@type\":\"" + URL + "google.protobuf.StringValue\"}";
        String deep = "{\"any\":" + "{\"value\":".repeat(40) + inner + type.repeat(40) + "}";
        assertThatThrownBy(() -> read(deep))
                .isInstanceOf(CodecException.class)
                .hasMessage("json: google.protobuf.Any: nested too deep without @type first");
    }

    @Test
    void writesNothingThatIsNotOfTheType() {
        Holder broken = Holder.newBuilder()
                .setAny(Any.newBuilder().setTypeUrl(URL + "test.Kinds").setValue(ByteString.copyFromUtf8("no")))
                .build();
        assertThatThrownBy(() -> BARE.encode(broken)).isInstanceOf(CodecException.class);
    }
}
