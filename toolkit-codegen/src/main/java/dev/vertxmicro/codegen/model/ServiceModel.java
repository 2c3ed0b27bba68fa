package dev.vertxmicro.codegen.model;

import java.util.List;
import java.util.Set;

/**
 * One service.
 *
 * @param protoFile    path of the {@code .proto}, as protoc was given it
 * @param protoName    name in the {@code .proto}, with its package
 * @param types        names of what is generated for it
 * @param rpcs         its rpcs, in order
 * @param deprecated   true if the {@code .proto} says so
 * @param deprecations true if the generated code will use something deprecated
 * @param comment      its comment, without the comment signs, perhaps empty
 * @param neighbours   simple names of the other top-level classes of its Java package
 */
public record ServiceModel(
        String protoFile,
        String protoName,
        ServiceTypes types,
        List<RpcModel> rpcs,
        boolean deprecated,
        boolean deprecations,
        String comment,
        Set<String> neighbours) {

    /** Copies the collections. */
    public ServiceModel {
        rpcs = List.copyOf(rpcs);
        neighbours = Set.copyOf(neighbours);
    }
}
