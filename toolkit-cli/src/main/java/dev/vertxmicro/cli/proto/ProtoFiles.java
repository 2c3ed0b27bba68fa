package dev.vertxmicro.cli.proto;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code .proto} files and what they import: from folders, and those of protobuf itself from its library. */
public final class ProtoFiles {
    private final List<Path> roots;
    private final Map<String, FileDescriptorProto> files = new LinkedHashMap<>();

    private ProtoFiles(List<Path> roots) {
        this.roots = List.copyOf(roots);
    }

    /**
     * Looks for files in these folders, the first that has one.
     *
     * @param roots the folders
     * @return the files
     */
    public static ProtoFiles under(List<Path> roots) {
        return new ProtoFiles(roots);
    }

    /**
     * Reads a file and all that it imports, directly or not.
     *
     * @param name as it would be imported
     * @return the files, each after those it imports
     * @throws ProtoException if one is not there, or is wrong
     */
    public List<FileDescriptorProto> read(String name) {
        add(name, name, Set.of());
        return List.copyOf(files.values());
    }

    private void add(String name, String by, Set<String> importers) {
        if (importers.contains(name)) {
            throw new ProtoException(by + ": imports " + name + ", which imports it (expected: no circle)");
        }
        if (files.containsKey(name)) {
            return;
        }
        FileDescriptorProto parsed = ProtoParser.parse(name, text(name, by));
        Set<String> path = new HashSet<>(importers);
        path.add(name);
        parsed.getDependencyList().forEach(imported -> add(imported, name, path));
        files.put(name, parsed);
    }

    private String text(String name, String by) {
        try {
            for (Path root : roots) {
                Path file = root.resolve(name);
                if (Files.isRegularFile(file)) {
                    return Files.readString(file);
                }
            }
            try (InputStream own = FileDescriptorSet.class.getResourceAsStream("/" + name)) {
                if (own != null) {
                    return new String(own.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
        } catch (IOException e) {
            throw new ProtoException(name + ": " + e.getMessage() + " (expected: a .proto file in UTF-8)");
        }
        String folders = roots.size() == 1 ? roots.get(0).toString() : roots.toString();
        throw new ProtoException(by + ": imports " + name + ", which is not in " + folders);
    }
}
