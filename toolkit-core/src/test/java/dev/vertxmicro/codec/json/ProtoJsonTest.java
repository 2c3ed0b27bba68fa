package dev.vertxmicro.codec.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Int64Value;
import com.google.protobuf.StringValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.codec.Envelope;
import dev.vertxmicro.codec.JsonOptions;
import dev.vertxmicro.codec.kinds.Color;
import dev.vertxmicro.codec.kinds.Kinds;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON of protobuf messages as Go peers write and read it; what Go wrote was captured with golang/protobuf v1.3.2. */
class ProtoJsonTest {
    private static final Codec BARE = Codec.json();
    private static final Codec ENVELOPED = Envelope.jsonRpc().payload();

    private static final Kinds FULL = Kinds.newBuilder()
            .setInt(-1)
            .setLongValue(Long.MIN_VALUE)
            .setUint(-1)
            .setUlong(-1)
            .setReal(1.5e300)
            .setSingle(0.1f)
            .setFlag(true)
            .setText("<é&>\u2028\"\n")
            .setRaw(ByteString.copyFrom(new byte[] {(byte) 0xfb, (byte) 0xff, 0}))
            .setColor(Color.GREEN)
            .addLongs(9007199254740993L)
            .addLongs(-2)
            .addColors(Color.RED)
            .addColors(Color.GREEN)
            .addColorsValue(7)
            .putCounts("a", 9007199254740993L)
            .putNested(-3, Kinds.newBuilder().setInt(4).build())
            .setChild(Kinds.newBuilder().setNumber(5))
            .setNameText("x")
            .setTime(Timestamp.newBuilder().setSeconds(1).setNanos(500_000_000))
            .setWrapped(Int64Value.of(9007199254740993L))
            .addTexts("")
            .addTexts("b")
            .build();

    /** What go-micro's {@code codec/json} and {@code codec/jsonrpc} make of the same message. */
    private static final String FROM_GO = "{\"int\":-1,\"long_value\":-9223372036854775808,\"uint\":4294967295,"
            + "\"ulong\":18446744073709551615,\"real\":1.5e+300,\"single\":0.1,\"flag\":true,"
            + "\"text\":\"\\u003cé\\u0026\\u003e\\u2028\\\"\\n\",\"raw\":\"+/8A\",\"color\":1,"
            + "\"longs\":[9007199254740993,-2],\"colors\":[0,1,7],\"counts\":{\"a\":9007199254740993},"
            + "\"nested\":{\"-3\":{\"int\":4,\"EitherOne\":null}},\"child\":{\"EitherOne\":{\"Number\":5}},"
            + "\"EitherOne\":{\"NameText\":\"x\"},\"time\":{\"seconds\":1,\"nanos\":500000000},"
            + "\"wrapped\":{\"value\":9007199254740993},\"texts\":[\"\",\"b\"]}\n";

    /** Up to the fields whose shape depends on who reads. */
    private static final String COMMON = "{\"int\":-1,\"long_value\":-9223372036854775808,\"uint\":4294967295,"
            + "\"ulong\":18446744073709551615,\"real\":1.5E300,\"single\":0.1,\"flag\":true,"
            + "\"text\":\"\\u003cé\\u0026\\u003e\\u2028\\\"\\n\",\"raw\":\"+/8A\",\"color\":1,"
            + "\"longs\":[9007199254740993,-2],\"colors\":[0,1,7],\"counts\":{\"a\":9007199254740993},"
            + "\"nested\":{\"-3\":{\"int\":4}},\"child\":{\"number\":5},\"name_text\":\"x\",";

    private static Kinds read(String json) {
        return BARE.decode(Buffer.buffer(json), Kinds.class);
    }

    @Test
    void readsWhatGoWrites() {
        assertThat(read(FROM_GO)).isEqualTo(FULL);
        assertThat(ENVELOPED.decode(Buffer.buffer(FROM_GO), Kinds.class)).isEqualTo(FULL);
        assertThat(read("{\"EitherOne\":null}")).isEqualTo(Kinds.getDefaultInstance());
    }

    @Test
    void writesWhatJsonpbReads() {
        assertThat(BARE.encode(FULL))
                .hasToString(COMMON + "\"time\":\"1970-01-01T00:00:01.500Z\",\"wrapped\":\"9007199254740993\","
                        + "\"texts\":[\"\",\"b\"]}\n");
        assertThat(read(BARE.encode(FULL).toString())).isEqualTo(FULL);
    }

    @Test
    void writesWhatGoStructsRead() {
        assertThat(ENVELOPED.encode(FULL))
                .hasToString(COMMON + "\"time\":{\"seconds\":1,\"nanos\":500000000},"
                        + "\"wrapped\":{\"value\":9007199254740993},\"texts\":[\"\",\"b\"]}");
    }

    @Test
    void neverWritesNothing() {
        assertThat(BARE.encode(Kinds.getDefaultInstance())).hasToString("{}\n");
        assertThat(ENVELOPED.encode(Kinds.getDefaultInstance())).hasToString("{}");
    }

    @Test
    void readsAnEmptyBodyAsTheEmptyMessage() {
        assertThat(read("")).isEqualTo(Kinds.getDefaultInstance());
    }

    @Test
    void readsProtobufsJsonMapping() {
        Kinds kinds =
                read("{\"longValue\":\"-5\",\"ulong\":\"18446744073709551615\",\"int\":\"1e2\",\"color\":\"GREEN\","
                        + "\"nameText\":\"y\",\"raw\":\"-_8\",\"real\":\"-Infinity\",\"single\":1,\"uint\":7.0,"
                        + "\"time\":\"1970-01-01T00:00:01.5Z\",\"wrapped\":\"9\",\"texts\":null,\"child\":null}");
        assertThat(kinds)
                .isEqualTo(Kinds.newBuilder()
                        .setLongValue(-5)
                        .setUlong(-1)
                        .setInt(100)
                        .setColor(Color.GREEN)
                        .setNameText("y")
                        .setRaw(ByteString.copyFrom(new byte[] {(byte) 0xfb, (byte) 0xff}))
                        .setReal(Double.NEGATIVE_INFINITY)
                        .setSingle(1)
                        .setUint(7)
                        .setTime(Timestamp.newBuilder().setSeconds(1).setNanos(500_000_000))
                        .setWrapped(Int64Value.of(9))
                        .build());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"zzz\":1}|json: unknown field \"zzz\" in test.Kinds",
                "{\"EitherOne\":{\"Zzz\":1}}|json: unknown field \"Zzz\" in one-of test.Kinds.either_one",
                "{\"child\":{\"zzz\":1}}|json: unknown field \"zzz\" in test.Kinds",
                "{\"int\":2147483648}|json: test.Kinds.int: 2147483648 (expected: int32)",
                "{\"int\":1.5}|json: test.Kinds.int: 1.5 (expected: int32)",
                "{\"int\":true}|json: test.Kinds.int: value_true (expected: int32)",
                "{\"uint\":-1}|json: test.Kinds.uint: -1 (expected: uint32)",
                "{\"uint\":4294967296}|json: test.Kinds.uint: 4294967296 (expected: uint32)",
                "{\"ulong\":-1}|json: test.Kinds.ulong: -1 (expected: uint64)",
                "{\"ulong\":18446744073709551616}|json: test.Kinds.ulong: 18446744073709551616 (expected: uint64)",
                "{\"long_value\":9223372036854775808}|json: test.Kinds.long_value: 9223372036854775808 (expected: int64)",
                "{\"long_value\":1e999999999}|json: test.Kinds.long_value: 1e999999999 (expected: int64)",
                "{\"ulong\":1e999999999}|json: test.Kinds.ulong: 1e999999999 (expected: uint64)",
                "{\"real\":1e999}|json: test.Kinds.real: 1e999 (expected: double)",
                "{\"single\":1e39}|json: test.Kinds.single: 1e39 (expected: float)",
                "{\"real\":\"0x1p3\"}|json: test.Kinds.real: 0x1p3 (expected: double)",
                "{\"flag\":\"true\"}|json: test.Kinds.flag: value_string (expected: bool)",
                "{\"text\":1}|json: test.Kinds.text: value_number_int (expected: string)",
                "{\"raw\":\"%\"}|json: test.Kinds.raw: % (expected: bytes)",
                "{\"color\":\"BLUE\"}|json: test.Kinds.color: BLUE (expected: test.Color)",
                "{\"longs\":1}|json: value_number_int (expected: an array: test.Kinds.longs)",
                "{\"longs\":[null]}|json: test.Kinds.longs: value_null (expected: int64)",
                "{\"counts\":[]}|json: start_array (expected: an object: test.Kinds.counts)",
                "{\"nested\":{\"x\":{}}}|json: test.Kinds.NestedEntry.key: x (expected: int32)",
                "{\"child\":1}|json: value_number_int (expected: an object: test.Kinds)",
                "{\"EitherOne\":1}|json: value_number_int (expected: an object: one-of test.Kinds.either_one)",
                "{\"int\":\"+1\"}|json: test.Kinds.int: +1 (expected: int32)",
                "{\"int\":\"01\"}|json: test.Kinds.int: 01 (expected: int32)",
                "{\"int\":\"\u0661\"}|json: test.Kinds.int: \u0661 (expected: int32)",
                "{\"real\":\"1.\"}|json: test.Kinds.real: 1. (expected: double)",
                "{\"nested\":{\"+1\":{}}}|json: test.Kinds.NestedEntry.key: +1 (expected: int32)",
                "{\"int\":1,\"int\":1}|json: test.Kinds.int: twice (expected: once)",
                "{\"longs\":[],\"longs\":[]}|json: test.Kinds.longs: twice (expected: once)",
                "{\"long_value\":1,\"longValue\":1}|json: test.Kinds.long_value: twice (expected: once)",
                "{\"name_text\":\"x\",\"number\":3}|json: test.Kinds.number: beside name_text (expected: one of them)",
                "{\"number\":0,\"EitherOne\":{\"NameText\":\"\"}}|json: test.Kinds.name_text: beside number (expected: one of them)",
                "{\"nothing\":null,\"number\":3}|json: test.Kinds.number: beside nothing (expected: one of them)",
                "{\"text\":\"\\ud800\"}|json: test.Kinds.text: \\ud800 alone (expected: string)",
                "{\"text\":\"a\\udc00\\ud800\"}|json: test.Kinds.text: \\udc00 alone (expected: string)",
                "{\"texts\":[\"\\ud83d\\ud83d\"]}|json: test.Kinds.texts: \\ud83d alone (expected: string)",
                "{\"counts\":{\"\\udfff\":1}}|json: test.Kinds.CountsEntry.key: \\udfff alone (expected: string)",
                "{\"time\":\"1970-01-01T00:00:01.1234567890Z\"}|json: 1970-01-01T00:00:01.1234567890Z (expected: google.protobuf.Timestamp)",
                "{\"time\":\"1970-01-01t00:00:01Z\"}|json: 1970-01-01t00:00:01Z (expected: google.protobuf.Timestamp)",
                "{\"time\":\"1970-02-30T00:00:01Z\"}|json: 1970-02-30T00:00:01Z (expected: google.protobuf.Timestamp)",
                "{\"time\":\"0001-01-01T00:00:00+01:00\"}|json: 0001-01-01T00:00:00+01:00 (expected: google.protobuf.Timestamp)",
                "{\"time\":1}|json: value_number_int (expected: text: google.protobuf.Timestamp)",
                "{} {}|json: START_OBJECT after the message"
            })
    void saysWhatIsWrong(String json, String message) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(CodecException.class).hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"int\":", "{\"int\"", "{", "{\"longs\":[1", "{\"counts\":{\"a\":1", "{\"EitherOne\":{"})
    void refusesWhatEndsTooSoon(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(CodecException.class).hasMessageStartingWith("json: ");
    }

    @Test
    void refusesDeepMessages() {
        assertThat(read("{\"child\":".repeat(99) + "{}" + "}".repeat(99)).hasChild())
                .isTrue();
        assertThatThrownBy(() -> read("{\"child\":".repeat(100) + "{}" + "}".repeat(100)))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("100 messages deep");
    }

    @Test
    void readsNullAsTheOneValueOfNullValue() {
        assertThat(read("{\"nothing\":null}").getEitherOneCase()).isEqualTo(Kinds.EitherOneCase.NOTHING);
        assertThat(read("{\"number\":3,\"name_text\":null}").getNumber()).isEqualTo(3);
        Codec own = Codec.json(JsonOptions.PROTOBUF);
        assertThat(own.encode(Kinds.newBuilder().setNothingValue(0).build())).hasToString("{\"nothing\":null}\n");
    }

    @Test
    void keepsPairsOfSurrogates() {
        assertThat(read("{\"text\":\"a\\ud83d\\ude00b\"}").getText()).isEqualTo("a\ud83d\ude00b");
        assertThat(BARE.decode(Buffer.buffer("\"\\ud83d\\ude00\""), StringValue.class)
                        .getValue())
                .isEqualTo("\ud83d\ude00");
        assertThatThrownBy(() -> BARE.decode(Buffer.buffer("{\"a\":\"\\ud83d\"}"), Struct.class))
                .hasMessage("json: google.protobuf.Value.string_value: \\ud83d alone (expected: string)");
    }

    @Test
    void writesProtobufsOwnMappingWhereItIsWanted() {
        Codec own = Codec.json(JsonOptions.PROTOBUF);
        assertThat(own.encode(FULL))
                .hasToString("{\"int\":-1,\"longValue\":\"-9223372036854775808\",\"uint\":4294967295,"
                        + "\"ulong\":\"18446744073709551615\",\"real\":1.5E300,\"single\":0.1,\"flag\":true,"
                        + "\"text\":\"\\u003cé\\u0026\\u003e\\u2028\\\"\\n\",\"raw\":\"+/8A\",\"color\":\"GREEN\","
                        + "\"longs\":[\"9007199254740993\",\"-2\"],\"colors\":[\"RED\",\"GREEN\",7],"
                        + "\"counts\":{\"a\":\"9007199254740993\"},\"nested\":{\"-3\":{\"int\":4}},"
                        + "\"child\":{\"number\":\"5\"},\"nameText\":\"x\",\"time\":\"1970-01-01T00:00:01.500Z\","
                        + "\"wrapped\":\"9007199254740993\",\"texts\":[\"\",\"b\"]}\n");
        assertThat(own.decode(own.encode(FULL), Kinds.class)).isEqualTo(FULL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1.0000000000s\"", "\"1\"", "\"+1s\"", "\"1.s\"", "\"315576000001s\"", "1", "[]"})
    void refusesWhatIsNoDuration(String json) {
        assertThatThrownBy(() -> BARE.decode(Buffer.buffer(json), Duration.class))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("google.protobuf.Duration");
    }

    @Test
    void writesNoTimeOutOfRangeAndNoMaskThatWouldComeBackAsAnother() {
        Timestamp late = Timestamp.newBuilder().setSeconds(253402300800L).build();
        assertThatThrownBy(() -> BARE.encode(late)).isInstanceOf(CodecException.class);
        Duration long_ = Duration.newBuilder().setSeconds(315576000001L).build();
        assertThatThrownBy(() -> BARE.encode(long_)).isInstanceOf(CodecException.class);
        assertThatThrownBy(() ->
                        BARE.encode(FieldMask.newBuilder().addPaths("fooBar").build()))
                .isInstanceOf(CodecException.class)
                .hasMessage("json: google.protobuf.FieldMask: fooBar (expected: paths that camel case keeps)");
        Value endless = Value.newBuilder().setNumberValue(Double.NaN).build();
        assertThatThrownBy(() -> BARE.encode(endless))
                .hasMessage("json: google.protobuf.Value: NaN (expected: a finite number)");
    }

    @Test
    void carriesTypesOfAShapeOfTheirOwn() {
        Struct struct = Struct.newBuilder()
                .putFields("a", Value.newBuilder().setNumberValue(1).build())
                .putFields("none", Value.newBuilder().setNullValueValue(0).build())
                .build();
        assertThat(BARE.decode(Buffer.buffer("{\"a\":1,\"none\":null}"), Struct.class))
                .isEqualTo(struct);
        assertThat(BARE.decode(BARE.encode(struct), Struct.class)).isEqualTo(struct);
        Duration half = Duration.newBuilder().setNanos(500_000_000).build();
        assertThat(BARE.encode(half)).hasToString("\"0.500s\"\n");
        assertThat(BARE.decode(Buffer.buffer("\"0.5s\""), Duration.class)).isEqualTo(half);
        assertThat(BARE.decode(Buffer.buffer("{\"nanos\":500000000}"), Duration.class))
                .isEqualTo(half);
        FieldMask mask = FieldMask.newBuilder().addPaths("a.b_c").build();
        assertThat(BARE.decode(BARE.encode(mask), FieldMask.class)).isEqualTo(mask);
        assertThat(BARE.decode(ENVELOPED.encode(mask), FieldMask.class)).isEqualTo(mask);
    }
}
