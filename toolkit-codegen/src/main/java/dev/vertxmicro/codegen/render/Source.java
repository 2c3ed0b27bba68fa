package dev.vertxmicro.codegen.render;

/** Text of a file in the making: lines, indented by four blanks a level. */
final class Source {
    private final StringBuilder text = new StringBuilder(4096);
    private int level;

    /** Adds a line. */
    Source line(String line) {
        if (!line.isEmpty()) {
            text.append("    ".repeat(level)).append(line);
        }
        text.append('\n');
        return this;
    }

    /** Adds an empty line. */
    Source line() {
        return line("");
    }

    /** Adds a line and indents those that follow. */
    Source open(String line) {
        return line(line).indent();
    }

    /** Ends the indentation and adds a line. */
    Source close(String line) {
        level--;
        return line(line);
    }

    /** Ends the indentation, adds a line and indents those that follow. */
    Source reopen(String line) {
        return close(line).indent();
    }

    private Source indent() {
        level++;
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
