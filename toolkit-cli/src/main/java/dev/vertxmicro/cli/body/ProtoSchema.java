package dev.vertxmicro.cli.body;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.config.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The services that a schema defines, looked up by go-micro's endpoint names. */
final class ProtoSchema {
    private final String name;
    private final Map<String, MethodDescriptor> methods = new TreeMap<>();
    private final Set<Descriptor> types = new HashSet<>();

    private ProtoSchema(String name, List<FileDescriptor> files) {
        this.name = name;
        files.stream().flatMap(file -> file.getServices().stream()).forEach(service -> service.getMethods()
                .forEach(method -> methods.putIfAbsent(service.getName() + "." + method.getName(), method)));
        files.forEach(file -> types.addAll(file.getMessageTypes()));
    }

    /** Reads a file that {@code protoc --descriptor_set_out} wrote. */
    static ProtoSchema compiled(Path file) {
        try {
            return link(
                    file.toString(),
                    FileDescriptorSet.parseFrom(Files.readAllBytes(file)).getFileList());
        } catch (NoSuchFileException e) {
            throw LaunchException.usage(file + ": no such file (expected: a descriptor set)");
        } catch (IOException e) {
            throw LaunchException.usage(file + ": " + e.getMessage() + " (expected: a descriptor set, as protoc"
                    + " --include_imports --descriptor_set_out=FILE writes it)");
        }
    }

    /** Reads a {@code .proto} file and its imports. */
    static ProtoSchema source(Path file, List<Path> path) {
        if (!Files.isRegularFile(file)) {
            throw LaunchException.usage(file + ": no such file (expected: a .proto file)");
        }
        return link(file.toString(), ProtoSource.parse(file, path));
    }

    private static ProtoSchema link(String name, List<FileDescriptorProto> files) {
        Map<String, FileDescriptorProto> byName = new LinkedHashMap<>();
        files.forEach(file -> byName.put(file.getName(), file));
        Map<String, FileDescriptor> linked = new LinkedHashMap<>();
        try {
            for (String file : byName.keySet()) {
                link(file, byName, linked, Set.of());
            }
        } catch (DescriptorValidationException e) {
            throw LaunchException.usage(name + ": " + e.getMessage());
        }
        return new ProtoSchema(name, List.copyOf(linked.values()));
    }

    private static FileDescriptor link(
            String name,
            Map<String, FileDescriptorProto> byName,
            Map<String, FileDescriptor> linked,
            Set<String> importers)
            throws DescriptorValidationException {
        FileDescriptor known = linked.get(name);
        if (known != null) {
            return known;
        }
        FileDescriptorProto file = byName.get(name);
        if (file == null) {
            throw LaunchException.usage(name + ": imported but not there (expected: in the descriptor set, see protoc"
                    + " --include_imports; or under --proto-path)");
        }
        if (importers.contains(name)) {
            throw LaunchException.usage(name + ": imports itself, by way of others (expected: no circle)");
        }
        Set<String> path = new HashSet<>(importers);
        path.add(name);
        List<FileDescriptor> imports = new ArrayList<>();
        for (String imported : file.getDependencyList()) {
            imports.add(link(imported, byName, linked, path));
        }
        FileDescriptor built = FileDescriptor.buildFrom(file, imports.toArray(new FileDescriptor[0]));
        linked.put(name, built);
        return built;
    }

    /** Lists the messages, which an {@code Any} may hold. */
    Set<Descriptor> types() {
        return types;
    }

    /** Finds an endpoint. */
    MethodDescriptor method(String endpoint) {
        MethodDescriptor method = methods.get(endpoint);
        if (method == null) {
            throw LaunchException.usage(
                    endpoint + ": not in " + name + " (" + Nearest.hint(endpoint, methods.keySet()) + ")");
        }
        return method;
    }
}
