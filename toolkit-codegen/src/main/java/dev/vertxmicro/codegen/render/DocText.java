package dev.vertxmicro.codegen.render;

import java.util.List;

/** Makes the comments of a {@code .proto} safe inside a documentation comment, where they mean what they say. */
enum DocText {
    /** Javadoc: HTML, tags, and unicode escapes. */
    JAVADOC {
        @Override
        String escape(String text) {
            return html(text)
                    .replace("@", "&#64;")
                    .replace("\\", "&#92;")
                    .replace("{", "&#123;")
                    .replace("}", "&#125;");
        }

        @Override
        String paragraph() {
            return "<p>";
        }
    },
    /** KDoc: Markdown, tags, and comments that nest. */
    KDOC {
        @Override
        String escape(String text) {
            return html(text).replace("@", "&#64;").replace("[", "&#91;").replace("]", "&#93;");
        }

        @Override
        String paragraph() {
            return "";
        }
    };

    abstract String escape(String text);

    /** Gives what begins a paragraph. */
    abstract String paragraph();

    private static String html(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("*/", "*&#47;")
                .replace("/*", "/&#42;");
    }

    /**
     * Writes a documentation comment.
     *
     * @param source  where to
     * @param comment the comment of the {@code .proto}; empty takes the other text
     * @param other   what to say where there is none, ready for the document
     * @param tags    block tags, ready for the document
     */
    void write(Source source, String comment, String other, List<String> tags) {
        List<String> lines =
                (comment.isEmpty() ? other : escape(comment)).lines().toList();
        if (lines.size() == 1 && tags.isEmpty()) {
            source.line("/** " + lines.get(0) + " */");
            return;
        }
        source.line("/**");
        boolean afterBlank = false;
        for (String line : lines) {
            if (line.isBlank()) {
                afterBlank = true;
                continue;
            }
            if (afterBlank) {
                source.line(" *");
            }
            source.line(" * " + (afterBlank ? paragraph() : "") + line);
            afterBlank = false;
        }
        if (!tags.isEmpty()) {
            source.line(" *");
            tags.forEach(tag -> source.line(" * " + tag));
        }
        source.line(" */");
    }
}
