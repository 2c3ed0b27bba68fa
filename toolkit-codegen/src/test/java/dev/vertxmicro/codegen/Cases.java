package dev.vertxmicro.codegen;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The folders of src/test/protobuf, as the real protoc describes them. */
final class Cases {
    private static final FileDescriptorSet ALL = read(Path.of("target", "cases.binpb"));

    private Cases() {}

    private static FileDescriptorSet read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return FileDescriptorSet.parseFrom(in, ProtocPlugin.extensions());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> names() {
        return ALL.getFileList().stream()
                .map(FileDescriptorProto::getName)
                .filter(name -> !name.startsWith("google/"))
                .map(name -> name.substring(0, name.indexOf('/')))
                .distinct()
                .sorted()
                .toList();
    }

    /** What protoc would ask for all files of a case. */
    static CodeGeneratorRequest request(String name, String parameter) {
        return CodeGeneratorRequest.newBuilder()
                .setParameter(parameter)
                .addAllProtoFile(ALL.getFileList())
                .addAllFileToGenerate(ALL.getFileList().stream()
                        .map(FileDescriptorProto::getName)
                        .filter(file -> file.startsWith(name + "/"))
                        .toList())
                .build();
    }

    /** What is generated for a case, by path. */
    static Map<String, String> generate(String name, String parameter) {
        CodeGeneratorResponse response = ProtocPlugin.respond(request(name, parameter));
        if (response.hasError()) {
            throw new AssertionError(name + ": " + response.getError());
        }
        return response.getFileList().stream()
                .collect(Collectors.toMap(
                        CodeGeneratorResponse.File::getName,
                        CodeGeneratorResponse.File::getContent,
                        (one, other) -> {
                            throw new AssertionError(name + ": two files of one path");
                        },
                        TreeMap::new));
    }
}
