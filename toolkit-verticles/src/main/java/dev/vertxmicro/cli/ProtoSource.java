package dev.vertxmicro.cli;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import com.squareup.wire.schema.Location;
import com.squareup.wire.schema.ProtoFile;
import com.squareup.wire.schema.Schema;
import com.squareup.wire.schema.SchemaException;
import com.squareup.wire.schema.SchemaLoader;
import com.squareup.wire.schema.internal.SchemaEncoder;
import dev.vertxmicro.command.LaunchException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Parses {@code .proto} files without protoc. Apart, so that only {@code --proto} needs the parser. */
final class ProtoSource {
    private ProtoSource() {}

    static List<FileDescriptorProto> parse(Path file, List<Path> path) {
        Path absolute = file.toAbsolutePath().normalize();
        List<Path> roots = path.isEmpty()
                ? List.of(absolute.resolveSibling(""))
                : path.stream().map(root -> root.toAbsolutePath().normalize()).toList();
        Path root = roots.stream().filter(absolute::startsWith).findFirst().orElse(absolute.resolveSibling(""));
        String name = root.relativize(absolute).toString().replace('\\', '/');
        try {
            SchemaLoader loader = new SchemaLoader(FileSystems.getDefault());
            loader.setLoadExhaustively(true); // else imported messages come without their fields
            loader.initRoots(
                    List.of(Location.get(root.toString(), name)),
                    roots.stream().map(each -> Location.get(each.toString())).toList());
            Schema schema = loader.loadSchema();
            SchemaEncoder encoder = new SchemaEncoder(schema);
            List<FileDescriptorProto> files = new ArrayList<>();
            for (ProtoFile each : schema.getProtoFiles()) {
                files.add(FileDescriptorProto.parseFrom(encoder.encode(each).toByteArray()));
            }
            return files;
        } catch (SchemaException | IllegalStateException | IllegalArgumentException e) {
            throw LaunchException.usage(file + ": " + firstLines(e)
                    + " (expected: a .proto file; imports are looked for" + " under --proto-path)");
        } catch (InvalidProtocolBufferException e) {
            throw LaunchException.usage(file + ": " + e.getMessage());
        }
    }

    private static String firstLines(RuntimeException e) {
        return String.valueOf(e.getMessage()).strip().replaceAll("\\s*\n\\s*", "; ");
    }
}
