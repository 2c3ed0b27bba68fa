package dev.vertxmicro.codegen.render;

import dev.vertxmicro.codegen.model.TopicModel;
import dev.vertxmicro.codegen.model.TopicsModel;
import java.util.List;

/** Writes {@code StudentTopics}. */
final class TopicsSource {
    private final TopicsModel topics;
    private final Imports imports;
    private final Source body = new Source();

    TopicsSource(TopicsModel topics) {
        this.topics = topics;
        this.imports = new Imports(
                topics.topics().stream().map(TopicModel::message).toList(),
                topics.neighbours(),
                topics.type(),
                Syntax.JAVA);
    }

    SourceFile file() {
        String name = topics.type().simpleName();
        String topic = imports.name("dev.vertxmicro.broker", "Topic");
        boolean deprecations = topics.topics().stream().anyMatch(TopicModel::deprecated);
        body.line();
        DocText.JAVADOC.write(
                body,
                "",
                "Topics of {@code " + DocText.JAVADOC.escape(topics.protoFile())
                        + "}, for their publishers and their subscribers.",
                List.of());
        if (deprecations) {
            body.line("@" + imports.name("java.lang", "SuppressWarnings") + "(\"deprecation\")");
        }
        body.line("@" + imports.name("javax.annotation.processing", "Generated")
                + "(\"dev.vertxmicro.codegen.ProtocPlugin\")");
        body.open("public final class " + name + " {");
        topics.topics().forEach(each -> constant(each, topic));
        body.line().line("private " + name + "() {}").close("}");
        return Syntax.JAVA.file(topics.protoFile(), topics.type(), imports, body);
    }

    private void constant(TopicModel each, String topic) {
        String message = imports.name(each.message());
        String text = each.name().replace("\\", "\\\\").replace("\"", "\\\"");
        body.line();
        DocText.JAVADOC.write(
                body,
                each.comment(),
                "Topic {@code " + DocText.JAVADOC.escape(each.name()) + "}.",
                each.deprecated() ? List.of(JavaFile.DEPRECATED_TAG) : List.of());
        if (each.deprecated()) {
            body.line("@" + imports.name("java.lang", "Deprecated"));
        }
        body.line("public static final " + topic + "<" + message + "> " + each.constant() + " =");
        body.line("        " + topic + ".of(\"" + text + "\", " + message + ".class);");
    }
}
