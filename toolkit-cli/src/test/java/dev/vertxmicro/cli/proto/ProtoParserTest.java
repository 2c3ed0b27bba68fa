package dev.vertxmicro.cli.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DescriptorProtos.Edition;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a file that is wrong; that others are read as protoc reads them is tested beside protoc, in toolkit-interop. */
class ProtoParserTest {
    private static final String VALID =
            """
            syntax = "proto3";
            package a.b; // a comment
            import "google/protobuf/any.proto";
            option java_package = "x";
            service S { rpc Call (M) returns (stream M) { option idempotency_level = IDEMPOTENT; } }
            message M {
              /* several
                 lines */
              optional string a = 1 [json_name = "b", deprecated = true];
              map<string, M> c = 2;
              oneof d { google.protobuf.Any e = 3; }
              enum F { G = 0; }
              reserved 5 to 7, 9;
            }
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "massage X {}|f.proto:1:1: massage (expected: message, enum, service, extend, import, option or package)",
                "syntax = 'proto4';|f.proto:1:1: syntax: \"proto4\" (expected: \"proto2\" or \"proto3\")",
                "edition = '2022';|f.proto:1:1: edition: \"2022\" (expected: \"2023\" or \"2024\")",
                "message M { int32 = 1; }|f.proto:1:19: = (expected: the name of a field)",
                "message M { int32 a 1; }|f.proto:1:21: 1 (expected: =)",
                "message M { int32 a = x; }|f.proto:1:23: x (expected: the number of a field)",
                "message M { int32 a = 99999999999; }|f.proto:1:23: 99999999999 (expected: the number of a field)",
                "message M { int32 a = 1.5; }|f.proto:1:23: 1.5 (expected: the number of a field)",
                "message M { int32 a = 08; }|f.proto:1:23: 08 (expected: the number of a field)",
                "message M { int32 a = 1 }|f.proto:1:25: } (expected: ;)",
                "message M {|f.proto:1:12: the end (expected: the type of a field)",
                "message M { option no_such = true; }|f.proto:1:20: option no_such: unknown (known: deprecated,",
                "message M { option deprecated = 1; }|f.proto:1:33: 1 (expected: true or false)",
                "message M { option deprecated.x = 1; }|f.proto:1:20: option deprecated.x: deprecated has no parts",
                "message M { int32 a = 1 [jstype = JS_NORMALL]; }|f.proto:1:35: JS_NORMALL (nearest known: JS_NORMAL",
                "message M { int32 a = 1 [default = ]; }|f.proto:1:36: ] (expected: a value)",
                "message M { int32 a = 1 [features = { x: 1 }]; }|f.proto:1:37: 1:2: Input contains unknown fields and/or extensions: 1:2: google.protobuf.FeatureSet.x",
                "edition = '2023'; message M { optional group G = 1 {} }|f.proto:1:46: group G (expected: groups in proto2 only)",
                "import 'a|f.proto:1:8: a text without its end (expected: a quote)",
                "import a;|f.proto:1:8: a (expected: a file)",
                "option java_package = \"\\q\";|f.proto:1:23: ",
                "service S { rpc A (M) return (M); }|f.proto:1:23: return (expected: returns)",
                "service S { rpc A (M) returns (M) { x } }|f.proto:1:37: x (expected: option)",
                "enum E { A = B; }|f.proto:1:14: B (expected: a number)",
                "option (x) = {|f.proto:1:15: the end (expected: })",
            })
    void saysWhereWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> ProtoParser.parse("f.proto", text))
                .isInstanceOf(ProtoException.class)
                .hasMessageStartingWith(message);
    }

    /** A cut file is refused, or is one; nothing else is thrown. */
    @Test
    void endsWhereverTheFileEnds() {
        for (int end = 0; end < VALID.length(); end++) {
            String cut = VALID.substring(0, end);
            try {
                ProtoParser.parse("f.proto", cut);
            } catch (ProtoException e) {
                assertThat(e.getMessage()).startsWith("f.proto:");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ufeffsyntax = 'proto3';", "\n\n// x\nsyntax = \"pro\" 'to3'  ;;"})
    void readsTheSyntaxWhateverIsAround(String text) {
        assertThat(ProtoParser.parse("f.proto", text).getSyntax()).isEqualTo("proto3");
    }

    @Test
    void readsOverOptionsThatFilesDefine() {
        FileDescriptorProto file = ProtoParser.parse(
                "f.proto",
                "edition = '2023'; option (a.b) = -5; option (.c).d = { x { y: '}' } }; message M { int32 a = 1 [(e) = F,"
                        + " (g).h = 'i' 'j']; }");
        assertThat(file.getEdition()).isEqualTo(Edition.EDITION_2023);
        assertThat(file.getMessageType(0).getField(0).hasOptions()).isFalse();
    }

    @Test
    void readsLongComments() {
        String comment = "// x\n".repeat(50_000) + "/*" + " x\n".repeat(50_000) + "*/";
        assertThat(ProtoParser.parse("f.proto", comment + "message M {}").getMessageTypeCount())
                .isEqualTo(1);
    }

    @Test
    void refusesMessagesWithoutEndWithinOneAnother() {
        assertThatThrownBy(() -> ProtoParser.parse("f.proto", "message M {".repeat(100_000)))
                .isInstanceOf(ProtoException.class)
                .hasMessageContaining("32 messages");
    }

    @Test
    void saysWhatImportsWhatIsNotThere() throws IOException {
        Files.writeString(folder.resolve("a.proto"), "import 'b.proto';");
        Files.writeString(folder.resolve("b.proto"), "import 'c.proto';");
        ProtoFiles files = ProtoFiles.under(List.of(folder));
        assertThatThrownBy(() -> files.read("a.proto"))
                .hasMessage("b.proto: imports c.proto, which is not in " + folder);
        Files.writeString(folder.resolve("c.proto"), "import 'a.proto';");
        assertThatThrownBy(() -> files.read("a.proto"))
                .hasMessage("c.proto: imports a.proto, which imports it (expected: no circle)");
        Files.write(folder.resolve("c.proto"), new byte[] {(byte) 0xff});
        assertThatThrownBy(() -> files.read("a.proto")).hasMessageEndingWith("(expected: a .proto file in UTF-8)");
    }

    @Test
    void hasProtobufsOwnFilesWithIt() throws IOException {
        Files.writeString(folder.resolve("a.proto"), "import 'google/protobuf/type.proto';");
        assertThat(ProtoFiles.under(List.of(folder)).read("a.proto"))
                .extracting(FileDescriptorProto::getName)
                .containsExactly(
                        "google/protobuf/any.proto",
                        "google/protobuf/source_context.proto",
                        "google/protobuf/type.proto",
                        "a.proto");
    }
}
