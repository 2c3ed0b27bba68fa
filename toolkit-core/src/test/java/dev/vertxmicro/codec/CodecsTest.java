package dev.vertxmicro.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ListValue;
import com.google.protobuf.SourceContext;
import com.google.protobuf.StringValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodecsTest {
    private static final Codec JSON = Codec.json();
    private static final Codec PROTOBUF = Codec.protobuf();

    record Student(String name, int age, List<String> courses) {}

    static final class Plain {
        public String name = "";
    }

    static List<Codec> all() {
        return List.of(JSON, PROTOBUF, Codec.octetStream());
    }

    private static String json(Object message) {
        return JSON.encode(message).toString();
    }

    private static <T> T fromJson(String text, Class<T> type) {
        return JSON.decode(Buffer.buffer(text), type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "application/json;charset=utf-8",
                " Application/JSON ",
                "APPLICATION/JSON ; q=1"
            })
    void findsACodecWhateverParametersAndCase(String contentType) {
        assertThat(Codecs.standard().find(contentType).map(Envelope::payload)).contains(JSON);
    }

    @Test
    void listsWhatItSupports() {
        Codecs codecs = Codecs.standard();
        assertThat(codecs.find("image/png")).isEmpty();
        assertThat(codecs.find("")).isEmpty();
        assertThat(codecs.unsupported("image/png"))
                .isEqualTo(
                        "Unsupported Content-Type: image/png (supported: application/json, application/json-rpc,"
                                + " application/octet-stream, application/proto-rpc, application/protobuf, application/x-protobuf, text/*)");
    }

    @ParameterizedTest
    @MethodSource("all")
    void passesABufferAsItIs(Codec codec) {
        Buffer bytes = Buffer.buffer(new byte[] {0, 1, (byte) 0xff});
        assertThat(codec.encode(bytes)).isEqualTo(bytes);
        assertThat(codec.decode(bytes, Buffer.class)).isEqualTo(bytes);
    }

    @Test
    void carriesProtobufBare() {
        Buffer body = PROTOBUF.encode(StringValue.of("bob"));
        assertThat(body.getBytes()).containsExactly(0x0a, 3, 'b', 'o', 'b');
        assertThat(PROTOBUF.decode(body, StringValue.class)).isEqualTo(StringValue.of("bob"));
        assertThat(PROTOBUF.decode(Buffer.buffer(), StringValue.class)).isEqualTo(StringValue.getDefaultInstance());
    }

    @Test
    void refusesWhatIsNoProtobuf() {
        assertThatThrownBy(() -> PROTOBUF.encode("text")).isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> PROTOBUF.decode(Buffer.buffer("garbage"), StringValue.class))
                .isInstanceOf(CodecException.class)
                .hasMessageStartingWith("protobuf: ");
        assertThatThrownBy(() -> PROTOBUF.decode(Buffer.buffer(), Student.class))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("Student");
    }

    @Test
    void refusesDeepProtobuf() {
        Value deep = Value.getDefaultInstance();
        for (int i = 0; i < 200; i++) {
            deep = Value.newBuilder()
                    .setListValue(ListValue.newBuilder().addValues(deep))
                    .build();
        }
        Buffer body = PROTOBUF.encode(deep);
        assertThatThrownBy(() -> PROTOBUF.decode(body, Value.class)).isInstanceOf(CodecException.class);
    }

    @Test
    void writesJsonWithProtoNamesAndANewline() {
        assertThat(json(SourceContext.newBuilder().setFileName("a.proto").build()))
                .isEqualTo("{\"file_name\":\"a.proto\"}\n");
        assertThat(json(SourceContext.getDefaultInstance())).isEqualTo("{}\n");
    }

    @Test
    void readsProtoNamesAndCamelCase() {
        SourceContext expected =
                SourceContext.newBuilder().setFileName("服.proto").build();
        assertThat(fromJson("{\"file_name\":\"服.proto\"}\n", SourceContext.class))
                .isEqualTo(expected);
        assertThat(fromJson("{\"fileName\":\"服.proto\"}", SourceContext.class)).isEqualTo(expected);
    }

    @Test
    void refusesAnUnknownFieldOfAProtobufMessage() {
        assertThatThrownBy(() -> fromJson("{\"file\":\"a\"}", SourceContext.class))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "null", "[]", "\"x\"", "{\"file_name\":{}}", "{\"file_name\":"})
    void refusesJsonThatIsNoMessage(String text) {
        assertThatThrownBy(() -> fromJson(text, SourceContext.class)).isInstanceOf(CodecException.class);
    }

    @Test
    void refusesDeepJson() {
        String deep = "{\"a\":".repeat(100_000);
        for (Class<?> type : List.of(Struct.class, JsonObject.class, Student.class, Object.class)) {
            assertThatThrownBy(() -> fromJson(deep, type)).as(type.getName()).isInstanceOf(CodecException.class);
        }
        String closed = "[".repeat(100_000) + "]".repeat(100_000);
        for (Class<?> type : List.of(Value.class, JsonArray.class, Student.class, Object.class)) {
            assertThatThrownBy(() -> fromJson(closed, type)).as(type.getName()).isInstanceOf(CodecException.class);
        }
    }

    @Test
    void refusesMessagesThatHaveNoJson() {
        Timestamp invalid = Timestamp.newBuilder().setNanos(-1).build();
        assertThatThrownBy(() -> JSON.encode(invalid)).isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> JSON.encode(new JsonObject().put("opaque", new Object())))
                .isInstanceOf(CodecException.class);
    }

    @Test
    void carriesRecords() {
        Student davie = new Student("davie", 23, List.of("go", "java"));
        assertThat(json(davie)).isEqualTo("{\"name\":\"davie\",\"age\":23,\"courses\":[\"go\",\"java\"]}\n");
        assertThat(fromJson(json(davie), Student.class)).isEqualTo(davie);
        assertThat(fromJson("{\"name\":\"davie\",\"more\":1}", Student.class).name())
                .isEqualTo("davie");
    }

    @Test
    void carriesPlainObjects() {
        Plain plain = new Plain();
        plain.name = "davie";
        assertThat(json(plain)).isEqualTo("{\"name\":\"davie\"}\n");
        assertThat(fromJson("{\"name\":\"x\"}", Plain.class).name).isEqualTo("x");
    }

    @Test
    void neverReadsNull() {
        for (Class<?> type : List.of(Student.class, Plain.class, JsonObject.class, JsonArray.class, String.class)) {
            assertThatThrownBy(() -> fromJson("null", type)).as(type.getName()).isInstanceOf(CodecException.class);
        }
    }

    @Test
    void carriesVertxJson() {
        JsonObject object = new JsonObject().put("a", new JsonArray().add(1).add("<&>"));
        assertThat(json(object)).isEqualTo("{\"a\":[1,\"<&>\"]}\n");
        assertThat(fromJson(json(object), JsonObject.class)).isEqualTo(object);
        JsonArray array = new JsonArray().add(1).addNull();
        assertThat(fromJson(json(array), JsonArray.class)).isEqualTo(array);
    }

    @Test
    void carriesBytes() {
        Codec bytes = Codec.octetStream();
        assertThat(bytes.encode(new byte[] {1, 2}).getBytes()).containsExactly(1, 2);
        assertThat(bytes.decode(Buffer.buffer(new byte[] {1, 2}), byte[].class)).containsExactly(1, 2);
        assertThatThrownBy(() -> bytes.encode("text")).isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> bytes.decode(Buffer.buffer("x"), String.class)).isInstanceOf(CodecException.class);
    }
}
