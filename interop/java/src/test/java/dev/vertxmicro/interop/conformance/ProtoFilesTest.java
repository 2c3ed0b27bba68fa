package dev.vertxmicro.interop.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.vertxmicro.cli.proto.ProtoFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code call --proto} reads of a file is what protoc reads: proto2 with groups, proto3, editions, protobuf's own files. */
class ProtoFilesTest {
    private static final Path ROOT = Path.of("src", "test", "protobuf");

    static List<String> files() throws Exception {
        return byProtoc().getFileList().stream()
                .map(FileDescriptorProto::getName)
                .toList();
    }

    private static FileDescriptorSet byProtoc() throws Exception {
        return FileDescriptorSet.parseFrom(Files.readAllBytes(Path.of("target", "conformance.binpb")));
    }

    private static FileDescriptor link(List<FileDescriptorProto> files, String name) throws Exception {
        Map<String, FileDescriptor> linked = new HashMap<>();
        for (FileDescriptorProto file : files) {
            FileDescriptor[] imports =
                    file.getDependencyList().stream().map(linked::get).toArray(FileDescriptor[]::new);
            linked.put(file.getName(), FileDescriptor.buildFrom(file, imports));
        }
        return linked.get(name);
    }

    @ParameterizedTest
    @MethodSource("files")
    void readsAsProtocDoes(String name) throws Exception {
        List<FileDescriptorProto> read = ProtoFiles.under(List.of(ROOT)).read(name);
        List<String> theirs = Described.of(link(byProtoc().getFileList(), name));
        List<String> ours = Described.of(link(read, name));
        assertThat(ours.stream().filter(line -> !theirs.contains(line))).isEmpty();
        assertThat(theirs.stream().filter(line -> !ours.contains(line))).isEmpty();
        assertThat(ours).hasSizeGreaterThan(1);
    }
}
