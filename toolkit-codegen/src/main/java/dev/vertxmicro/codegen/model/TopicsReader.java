package dev.vertxmicro.codegen.model;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.GeneratorNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads the topics that the messages of a file name: a line {@code @topic NAME} in the comment of a message. A comment, and no
 * option of our own, so that whoever shares the file needs no file of ours to compile it.
 */
final class TopicsReader {
    private static final String TAG = "@topic";

    private final Comments comments;
    private final Set<String> constants = new HashSet<>();
    private final List<TopicModel> topics = new ArrayList<>();

    private TopicsReader(Comments comments) {
        this.comments = comments;
    }

    /**
     * Reads the topics of a file.
     *
     * @param file     the file
     * @param comments its comments
     * @param taken    simple names of the package; the name of the class is added
     * @return empty if no message names one
     * @throws IllegalArgumentException if a message names a topic without a name, or with a blank in it
     */
    static Optional<TopicsModel> read(FileDescriptor file, Comments comments, Set<String> taken) {
        TopicsReader reader = new TopicsReader(comments);
        for (Descriptor message : file.getMessageTypes()) {
            reader.message(message, List.of(FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER, message.getIndex()));
        }
        if (reader.topics.isEmpty()) {
            return Optional.empty();
        }
        Set<String> neighbours = Set.copyOf(taken);
        String stem = stem(file.getName());
        while (!taken.add(stem + "Topics")) {
            stem += "Message";
        }
        ClassName type = ClassName.of(GeneratorNames.getFileJavaPackage(file), stem + "Topics");
        return Optional.of(new TopicsModel(file.getName(), type, reader.topics, neighbours));
    }

    /** {@code school/student_events.proto} → {@code StudentEvents}. */
    private static String stem(String file) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        int dot = name.indexOf('.');
        String stem = Names.camelCase((dot < 0 ? name : name.substring(0, dot)).replaceAll("[^A-Za-z0-9]+", "_"));
        return stem.isEmpty() || Character.isDigit(stem.charAt(0)) ? "X" + stem : stem;
    }

    private void message(Descriptor message, List<Integer> path) {
        String comment = comments.at(path);
        List<String> names = comment.lines()
                .filter(TopicsReader::isTag)
                .map(line -> name(message, line))
                .toList();
        String text = comment.lines()
                .filter(line -> !isTag(line))
                .collect(Collectors.joining("\n"))
                .strip();
        for (String name : names) {
            String constant = Names.unique(constant(name), constants);
            topics.add(new TopicModel(
                    name, constant, ServiceReader.className(message), ServiceReader.isDeprecated(message), text));
        }
        for (Descriptor nested : message.getNestedTypes()) {
            List<Integer> inner = new ArrayList<>(path);
            inner.add(DescriptorProto.NESTED_TYPE_FIELD_NUMBER);
            inner.add(nested.getIndex());
            message(nested, inner);
        }
    }

    private static boolean isTag(String line) {
        String bare = line.strip();
        return bare.equals(TAG) || bare.startsWith(TAG + " ") || bare.startsWith(TAG + "\t");
    }

    private static String name(Descriptor message, String line) {
        String name = line.strip().substring(TAG.length()).strip();
        if (name.isEmpty() || name.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
            throw new IllegalArgumentException(message.getFile().getName() + ": message " + message.getFullName() + ": "
                    + TAG + " " + name + " (expected: " + TAG + " NAME, without blanks)");
        }
        return name;
    }

    /** {@code go.micro.srv.message} → {@code GO_MICRO_SRV_MESSAGE}. */
    private static String constant(String topic) {
        String bare = topic.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_|_$", "");
        String constant = bare.isEmpty() ? "TOPIC" : bare.toUpperCase(Locale.ROOT);
        return Character.isDigit(constant.charAt(0)) ? "_" + constant : constant;
    }
}
