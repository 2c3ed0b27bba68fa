package dev.vertxmicro.codegen.model;

import java.util.List;

/**
 * What is to be written of the files of a request.
 *
 * @param services their services, in order
 * @param topics   the topics of those that have any, in order
 */
public record ProtoModel(List<ServiceModel> services, List<TopicsModel> topics) {

    /** Copies the lists. */
    public ProtoModel {
        services = List.copyOf(services);
        topics = List.copyOf(topics);
    }
}
