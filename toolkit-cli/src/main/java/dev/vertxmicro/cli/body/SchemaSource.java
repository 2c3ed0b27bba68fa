package dev.vertxmicro.cli.body;

import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.LaunchException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the schema of protobuf messages is.
 *
 * @param proto         a {@code .proto} file
 * @param path          directories with its imports
 * @param descriptorSet a compiled set instead
 */
public record SchemaSource(@Nullable String proto, List<String> path, @Nullable String descriptorSet) {

    /** Reads the flags that name a schema. */
    public static SchemaSource of(CommandLine line) {
        return new SchemaSource(
                line.value("proto").orElse(null),
                line.values("proto-path"),
                line.value("descriptor-set").orElse(null));
    }

    boolean given() {
        return proto != null || descriptorSet != null;
    }

    ProtoSchema load() {
        if (proto != null && descriptorSet != null) {
            throw LaunchException.usage("--proto, --descriptor-set: both given (expected: one)");
        }
        return descriptorSet != null
                ? ProtoSchema.compiled(Path.of(descriptorSet))
                : ProtoSchema.source(
                        Path.of(String.valueOf(proto)),
                        path.stream().map(Path::of).toList());
    }
}
