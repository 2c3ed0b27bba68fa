package dev.vertxmicro.cli.body;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import dev.vertxmicro.cli.proto.ProtoException;
import dev.vertxmicro.cli.proto.ProtoFiles;
import dev.vertxmicro.command.LaunchException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reads a {@code .proto} file of the command line, named as those that import it name it. */
final class ProtoSource {
    private ProtoSource() {}

    static List<FileDescriptorProto> parse(Path file, List<Path> path) {
        Path absolute = file.toAbsolutePath().normalize();
        Path folder = absolute.resolveSibling("");
        List<Path> roots = path.isEmpty()
                ? List.of(folder)
                : path.stream().map(root -> root.toAbsolutePath().normalize()).toList();
        Path root = roots.stream().filter(absolute::startsWith).findFirst().orElse(folder);
        List<Path> all =
                Stream.concat(Stream.of(root), roots.stream()).distinct().toList();
        String name = root.relativize(absolute).toString().replace('\\', '/');
        try {
            return ProtoFiles.under(all).read(name);
        } catch (ProtoException e) {
            String what = String.valueOf(e.getMessage());
            throw LaunchException.usage(what.startsWith(name + ":") ? file + what.substring(name.length()) : what);
        }
    }
}
