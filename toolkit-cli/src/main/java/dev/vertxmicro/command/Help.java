package dev.vertxmicro.command;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Writes what the tables of the commands say, for people. */
final class Help {
    private static final int WIDTH = 100;
    private static final String EXAMPLES =
            """
            Examples:
              vertx demo                                   start a service, call it, stop it
              vertx run examples.GreeterVerticle -conf conf/greeter.json
              vertx run my.Verticle -conf my.json -cp my.jar --registry=consul --register_ttl=10
              vertx call greeter Greeter.Hello '{"name": "John"}'
              vertx services                               what there is; describe NAME, watch
              vertx subscribe news                         prints what vertx publish news '{}' publishes
            """;

    private Help() {}

    static void print(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.out.write(bytes, 0, bytes.length);
        System.out.flush();
    }

    static String ofAll(List<Usage> commands) {
        StringBuilder text = new StringBuilder("Usage: vertx COMMAND [arguments] [flags]\n\nCommands:\n");
        List<Usage> listed = commands.stream().filter(usage -> !usage.hidden()).toList();
        int column =
                listed.stream().mapToInt(usage -> usage.name().length()).max().orElse(0) + 4;
        for (Usage usage : listed) {
            row(text, "  " + usage.name(), column, usage.summary());
        }
        return text.append("\nvertx COMMAND --help says what a command takes.\n\n")
                .append(EXAMPLES)
                .toString();
    }

    static String of(Usage usage) {
        StringBuilder text =
                new StringBuilder("Usage: vertx ").append(synopsis(usage)).append("\n\n");
        wrapped(text, 0, 0, usage.description());
        int column = column(usage);
        if (!usage.arguments().isEmpty()) {
            text.append("\nArguments:\n");
            for (Argument argument : usage.arguments()) {
                row(text, "  " + name(argument), column, argument.description());
            }
        }
        List<Flag> listed = usage.flags().stream().filter(Flag::isListed).toList();
        if (!listed.isEmpty()) {
            text.append("\nFlags:\n");
            listed.forEach(flag -> row(text, "  " + left(flag), column, flag.description()));
        }
        if (!usage.common().isEmpty()) {
            text.append("\ngo-micro's flags (or the variable MICRO_... of the same name):\n");
            usage.common().forEach(flag -> row(text, "  --" + flag.name(), column, flag.description()));
        }
        return text.toString();
    }

    /** Writes the synopses and flags of commands as docs/cli.md has them. */
    static String page(List<Usage> commands) {
        StringBuilder text = new StringBuilder();
        for (Usage usage : commands) {
            if (!usage.hidden()) {
                text.append("| `vertx ").append(escaped(synopsis(usage))).append("` ");
                text.append(usage.common().isEmpty() ? "" : "[go-micro's flags] ");
                text.append("| ").append(usage.summary()).append(" |\n|---|---|\n");
                usage.flags().stream().filter(Flag::isListed).forEach(flag -> text.append("| `")
                        .append(escaped(left(flag)))
                        .append("` | ")
                        .append(flag.description())
                        .append(" |\n"));
                text.append('\n');
            }
        }
        return text.toString();
    }

    private static String escaped(String code) {
        return code.replace("|", "\\|");
    }

    private static int column(Usage usage) {
        int longest = usage.arguments().stream()
                .mapToInt(argument -> name(argument).length())
                .max()
                .orElse(0);
        for (Flag flag : usage.flags()) {
            longest = Math.max(longest, flag.isListed() ? left(flag).length() : 0);
        }
        for (Flag flag : usage.common()) {
            longest = Math.max(longest, flag.name().length() + 2);
        }
        return longest + 4;
    }

    /** Writes a usage as one line, arguments in their order. */
    static String synopsis(Usage usage) {
        StringBuilder text = new StringBuilder(usage.name());
        for (Argument argument : usage.arguments()) {
            text.append(' ').append(argument.required() ? name(argument) : "[" + name(argument) + "]");
        }
        if (usage.open()) {
            text.append(" ...");
        }
        if (usage.flags().stream().anyMatch(Flag::isListed)) {
            text.append(" [flags]");
        }
        return text.toString();
    }

    private static String name(Argument argument) {
        return argument.name().contains("|") ? argument.name() : argument.name().toUpperCase(Locale.ROOT);
    }

    private static String left(Flag flag) {
        String alias = flag.alias().isEmpty() ? "" : ", -" + flag.alias();
        return "--" + flag.name() + alias + (flag.isSwitch() ? "" : " " + flag.value());
    }

    private static void row(StringBuilder text, String left, int column, String right) {
        text.append(left).append(" ".repeat(Math.max(1, column - left.length())));
        wrapped(text, Math.max(column, left.length() + 1), column, right);
    }

    /** Writes words from a column on, further lines indented. */
    private static void wrapped(StringBuilder text, int at, int indent, String words) {
        int column = at;
        for (String word : words.split(" ", -1)) {
            if (column > indent && column + word.length() > WIDTH) {
                text.append('\n').append(" ".repeat(indent));
                column = indent;
            }
            text.append(word).append(' ');
            column += word.length() + 1;
        }
        text.setLength(text.length() - 1);
        text.append('\n');
    }
}
