package dev.vertxmicro.codegen.model;

/**
 * One topic that a message names in its comment.
 *
 * @param name       the topic
 * @param constant   name of its constant
 * @param message    class of its messages
 * @param deprecated true if the {@code .proto} says so of the message
 * @param comment    comment of the message without the lines that name topics, perhaps empty
 */
public record TopicModel(String name, String constant, ClassName message, boolean deprecated, String comment) {}
