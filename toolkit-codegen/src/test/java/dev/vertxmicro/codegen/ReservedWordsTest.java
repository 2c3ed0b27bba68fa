package dev.vertxmicro.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.EmptyProto;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every word that Java or Kotlin keeps for itself, in every position of what is generated. The files of src/test/protobuf/words are
 * written from the table: what is generated from them is compiled here as Java, and by the tests of toolkit-kotlin as Kotlin.
 */
class ReservedWordsTest {
    private static final Path FOLDER = Path.of("src", "test", "protobuf", "words");

    /** What a kind of rpc has before its request and its response. */
    private static final List<List<String>> KINDS =
            List.of(List.of("", ""), List.of("", "stream "), List.of("stream ", ""), List.of("stream ", "stream "));

    @TempDir
    Path folder;

    /** Run with {@code -Dgolden=write} to write the files anew. */
    @Test
    void hasAllOfTheTableInItsFiles() throws IOException {
        Map<String, String> files = Map.of("rpcs.proto", rpcs(), "messages.proto", messages(), "outer.proto", outer());
        for (Map.Entry<String, String> file : files.entrySet()) {
            if ("write".equals(System.getProperty("golden"))) {
                Files.createDirectories(FOLDER);
                Files.writeString(FOLDER.resolve(file.getKey()), file.getValue());
            }
            assertThat(FOLDER.resolve(file.getKey())).hasContent(file.getValue());
        }
    }

    @Test
    void compilesInWhateverKindAndService() {
        FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder()
                .setName("words.proto")
                .setPackage("words")
                .addDependency(EmptyProto.getDescriptor().getName());
        for (int kind = 0; kind < KINDS.size(); kind++) {
            ServiceDescriptorProto.Builder service = file.addServiceBuilder().setName("Kind" + kind);
            for (String word : ReservedWords.all()) {
                service.addMethod(method(word, KINDS.get(kind)));
            }
        }
        for (String word : ReservedWords.all()) {
            file.addServiceBuilder().setName(word).addMethod(method("Call", KINDS.get(0)));
        }
        assertThat(Compiled.into(folder, generate(file.build()))).isEmpty();
    }

    private static MethodDescriptorProto method(String name, List<String> kind) {
        return MethodDescriptorProto.newBuilder()
                .setName(name)
                .setInputType(".google.protobuf.Empty")
                .setOutputType(".google.protobuf.Empty")
                .setClientStreaming(!kind.get(0).isEmpty())
                .setServerStreaming(!kind.get(1).isEmpty())
                .build();
    }

    private static Map<String, String> generate(FileDescriptorProto file) {
        CodeGeneratorResponse response = ProtocPlugin.respond(CodeGeneratorRequest.newBuilder()
                .addProtoFile(EmptyProto.getDescriptor().toProto())
                .addProtoFile(file)
                .addFileToGenerate(file.getName())
                .build());
        assertThat(response.getError()).isEmpty();
        Map<String, String> sources = new TreeMap<>();
        response.getFileList().forEach(each -> sources.put(each.getName(), each.getContent()));
        return sources;
    }

    /** An rpc for each word, one kind after the other; a topic for each. */
    private static String rpcs() {
        List<String> lines = new ArrayList<>(head("words"));
        lines.add("service Rpcs {");
        int kind = 0;
        for (String word : ReservedWords.all()) {
            List<String> streams = KINDS.get(kind++ % KINDS.size());
            lines.add("  rpc " + word + " (" + streams.get(0) + "Word) returns (" + streams.get(1) + "Word);");
        }
        lines.add("}");
        lines.add("");
        ReservedWords.all().forEach(word -> lines.add("// @topic " + word));
        lines.addAll(List.of("message Word {", "  string text = 1;", "}"));
        return String.join("\n", lines) + "\n";
    }

    /** A message for each word, on its own and within another, in a package of all. */
    private static String messages() {
        List<String> lines = new ArrayList<>(head("words." + String.join(".", ReservedWords.packages())));
        lines.add("service Messages {");
        for (String word : ReservedWords.types()) {
            lines.add("  rpc With_" + word + " (" + word + ") returns (Outer." + word + ");");
        }
        lines.add("}");
        lines.add("");
        ReservedWords.types().forEach(word -> lines.add("message " + word + " {}"));
        lines.add("");
        lines.add("message Outer {");
        ReservedWords.types().forEach(word -> lines.add("  message " + word + " {}"));
        lines.add("}");
        return String.join("\n", lines) + "\n";
    }

    /** A word as the class around the messages. */
    private static String outer() {
        List<String> lines = new ArrayList<>(head("words.outer"));
        lines.replaceAll(line -> line.replace("java_multiple_files = true", "java_outer_classname = \"object\""));
        lines.addAll(List.of("service Outers {", "  rpc Call (Word) returns (Word);", "}", ""));
        lines.addAll(List.of("// @topic word", "message Word {}"));
        return String.join("\n", lines) + "\n";
    }

    private static List<String> head(String packageName) {
        return List.of(
                "// Written from a table: see ReservedWordsTest.",
                "syntax = \"proto3\";",
                "",
                "package " + packageName + ";",
                "",
                "option java_multiple_files = true;",
                "");
    }
}
