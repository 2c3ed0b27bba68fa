package dev.vertxmicro.codegen.model;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Comments of a {@code .proto}, by what they stand above or, where nothing stands above, behind. */
final class Comments {
    private final Map<List<Integer>, String> byPath = new HashMap<>();

    private Comments() {}

    static Comments of(FileDescriptor file) {
        Comments comments = new Comments();
        for (Location location : file.toProto().getSourceCodeInfo().getLocationList()) {
            String text = location.getLeadingComments().isBlank()
                    ? location.getTrailingComments()
                    : location.getLeadingComments();
            if (!text.isBlank()) {
                comments.byPath.putIfAbsent(List.copyOf(location.getPathList()), clean(text));
            }
        }
        return comments;
    }

    /** Drops the blank that follows the comment sign, and blank lines around. */
    private static String clean(String text) {
        return text.lines()
                .map(line -> line.startsWith(" ") ? line.substring(1) : line)
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n"))
                .strip();
    }

    String service(int service) {
        return at(FileDescriptorProto.SERVICE_FIELD_NUMBER, service);
    }

    String rpc(int service, int rpc) {
        return at(FileDescriptorProto.SERVICE_FIELD_NUMBER, service, ServiceDescriptorProto.METHOD_FIELD_NUMBER, rpc);
    }

    private String at(Integer... path) {
        return at(List.of(path));
    }

    /** Gives the comment at a path of a {@code SourceCodeInfo}. */
    String at(List<Integer> path) {
        return byPath.getOrDefault(path, "");
    }
}
