package dev.vertxmicro.cli.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code vertx call --proto} sends and prints, as the schema has it. */
class BodyFormatTest {
    @TempDir
    Path folder;

    private BodyFormat format(String proto) throws IOException {
        Path file = Files.writeString(folder.resolve("s.proto"), proto);
        return BodyFormat.of("", "S.Call", new SchemaSource(file.toString(), List.of(), null));
    }

    private static Buffer request(BodyFormat format, String json) {
        return format.request(new BodySource.Body("body", json.getBytes(StandardCharsets.UTF_8)));
    }

    private void passes(String proto, String json) throws IOException {
        BodyFormat format = format(proto);
        assertThat(format.response(request(format, json))).isEqualTo(json);
    }

    @Test
    void speaksEdition2023() throws IOException {
        String proto =
                "edition = \"2023\"; option features.field_presence = IMPLICIT; service S { rpc Call (M) returns (M); }"
                        + " message M { int32 a = 1; M b = 2 [features.message_encoding = DELIMITED];"
                        + " repeated int32 c = 3 [features.repeated_field_encoding = EXPANDED]; }";
        passes(proto, "{\"b\":{\"a\":1},\"c\":[1]}");
        assertThat(request(format(proto), "{\"b\":{\"a\":1},\"c\":[1]}").getBytes())
                .containsExactly(0x13, 8, 1, 0x14, 0x18, 1);
    }

    @Test
    void speaksEdition2024() throws IOException {
        passes(
                "edition = \"2024\"; import option \"none.proto\"; service S { rpc Call (M) returns (M); }"
                        + " export message M { int32 a = 1 [(none.x) = 1]; local message N { int32 b = 1; } N n = 2; }",
                "{\"a\":0,\"n\":{\"b\":1}}");
    }

    @Test
    void speaksGroups() throws IOException {
        String proto =
                "service S { rpc Call (M) returns (M); } message M { optional group G = 1 { required int32 a = 1;"
                        + " repeated group H = 2 { optional string b = 1; } } }";
        passes(proto, "{\"g\":{\"a\":1,\"h\":[{\"b\":\"x\"}]}}");
        assertThat(request(format(proto), "{\"g\":{\"a\":1}}").getBytes()).containsExactly(0x0b, 8, 1, 0x0c);
        assertThatThrownBy(() -> request(format(proto), "{\"g\":{}}"))
                .hasMessageStartingWith("body: ")
                .hasMessageEndingWith("(expected: the JSON of M)");
    }

    @Test
    void takesTheNamesThatTheSchemaHasForJson() throws IOException {
        BodyFormat format = format("syntax = \"proto3\"; service S { rpc Call (M) returns (M); }"
                + " message M { int32 some_name = 1 [json_name = \"other\"]; }");
        assertThat(format.response(request(format, "{\"other\":5}"))).isEqualTo("{\"some_name\":5}");
        assertThatThrownBy(() -> request(format, "{\"someName\":5}"))
                .hasMessageContaining("unknown field \"someName\"");
    }

    @ParameterizedTest
    @CsvSource({"IDEMPOTENT, true", "NO_SIDE_EFFECTS, true", "IDEMPOTENCY_UNKNOWN, false"})
    void mayRepeatWhatTheSchemaSaysMayBeRepeated(String level, boolean repeatable) throws IOException {
        BodyFormat format =
                format("syntax = \"proto3\"; service S { rpc Call (M) returns (M) { option idempotency_level = " + level
                        + "; } } message M {}");
        assertThat(format.idempotent()).isEqualTo(repeatable);
    }

    @Test
    void carriesAnyOfAllThatTheSchemaKnows() throws IOException {
        Files.writeString(
                folder.resolve("parts.proto"), "syntax = \"proto3\"; package parts; message Part { int64 n = 1; }");
        String proto =
                "syntax = \"proto3\"; import \"parts.proto\"; import \"google/protobuf/any.proto\"; service S { rpc"
                        + " Call (M) returns (M); } message M { google.protobuf.Any any = 1; }";
        passes(proto, "{\"any\":{\"@type\":\"type.googleapis.com/parts.Part\",\"n\":\"5\"}}");
        passes(proto, "{\"any\":{\"@type\":\"type.googleapis.com/google.protobuf.Duration\",\"value\":\"1s\"}}");
        BodyFormat format = format(proto);
        assertThatThrownBy(() -> request(format, "{\"any\":{\"@type\":\"type.googleapis.com/no.Such\"}}"))
                .hasMessageContaining("type.googleapis.com/no.Such");
    }
}
