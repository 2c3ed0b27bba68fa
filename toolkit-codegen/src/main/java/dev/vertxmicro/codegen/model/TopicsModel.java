package dev.vertxmicro.codegen.model;

import java.util.List;
import java.util.Set;

/**
 * The topics of one {@code .proto}.
 *
 * @param protoFile  path of the {@code .proto}, as protoc was given it
 * @param type       name of the class that is generated for them
 * @param topics     the topics, in order, at least one
 * @param neighbours simple names of the other top-level classes of its Java package
 */
public record TopicsModel(String protoFile, ClassName type, List<TopicModel> topics, Set<String> neighbours) {

    /** Copies the collections. */
    public TopicsModel {
        topics = List.copyOf(topics);
        neighbours = Set.copyOf(neighbours);
    }
}
