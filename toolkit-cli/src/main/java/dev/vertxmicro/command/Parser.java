package dev.vertxmicro.command;

import dev.vertxmicro.config.Nearest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads one command line: {@code --name value}, {@code --name=value}, the same with one hyphen, {@code -Dkey=value}, and
 * {@code --} before arguments that begin with a hyphen. Used once.
 */
final class Parser {
    private static final Set<String> HELP = Set.of("--help", "-help", "-h", "?", "/?");

    private final Usage usage;
    private final Map<String, List<String>> values = new HashMap<>();
    private final List<String> arguments = new ArrayList<>();
    private final List<String> rest = new ArrayList<>();

    Parser(Usage usage) {
        this.usage = usage;
    }

    static boolean asksForHelp(String word) {
        return HELP.contains(word);
    }

    CommandLine parse(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--")) {
                words.subList(i + 1, words.size()).forEach(this::argument);
                break;
            }
            if (!word.startsWith("-") || word.equals("-")) {
                argument(word);
            } else {
                i += flag(words, i);
            }
        }
        for (int i = arguments.size(); i < usage.arguments().size(); i++) {
            if (usage.arguments().get(i).required()) {
                throw LaunchException.usage("vertx " + usage.name() + ": no "
                        + usage.arguments().get(i).name() + hint());
            }
        }
        return new CommandLine(usage, values, arguments, rest);
    }

    /** Takes a flag; returns how many further words its value took. */
    private int flag(List<String> words, int at) {
        String word = words.get(at);
        if (word.startsWith("-D") && word.length() > 2) {
            add("D", word.substring(2));
            return 0;
        }
        int equals = word.indexOf('=');
        String written = equals < 0 ? word : word.substring(0, equals);
        Optional<Flag> known = usage.flag(bare(written));
        if (known.isEmpty()) {
            if (!usage.open()) {
                throw unknown(written);
            }
            rest.add(word);
            return 0;
        }
        Flag flag = known.get();
        if (flag.isSwitch()) {
            if (equals >= 0) {
                throw LaunchException.usage(written + ": takes no value" + hint());
            }
            values.put(flag.name(), List.of(""));
            return 0;
        }
        if (equals >= 0) {
            take(flag, written, word.substring(equals + 1));
            return 0;
        }
        if (at + 1 >= words.size()) {
            throw LaunchException.usage(
                    written + ": no value (expected: " + written + " " + flag.value() + ")" + hint());
        }
        take(flag, written, words.get(at + 1));
        return 1;
    }

    private void take(Flag flag, String written, String value) {
        if (flag.kind() != Flag.Kind.MANY && values.containsKey(flag.name())) {
            throw LaunchException.usage(written + ": given twice (expected: once)" + hint());
        }
        if (!flag.choices().isEmpty() && !flag.choices().contains(value)) {
            throw LaunchException.usage(
                    written + ": \"" + value + "\" (expected: " + String.join(" | ", flag.choices()) + ")");
        }
        add(flag.name(), value);
    }

    private void add(String name, String value) {
        values.computeIfAbsent(name, first -> new ArrayList<>(2)).add(value);
    }

    private void argument(String word) {
        if (usage.open()) {
            rest.add(word);
        }
        if (arguments.size() < usage.arguments().size()) {
            arguments.add(word);
        } else if (!usage.open()) {
            throw LaunchException.usage("vertx " + usage.name() + ": unexpected argument \"" + word + "\"" + hint());
        }
    }

    private LaunchException unknown(String written) {
        String name = bare(written);
        String instead = usage.refused().get(name);
        if (instead != null) {
            return LaunchException.usage(written + ": means nothing here; " + instead);
        }
        Set<String> known = new TreeSet<>();
        usage.flags().stream().filter(Flag::isListed).forEach(flag -> known.add("--" + flag.name()));
        usage.common().forEach(flag -> known.add("--" + flag.name()));
        String nearest = Nearest.of("--" + name, known)
                .map(found -> " (nearest known: " + found + ")")
                .orElse("");
        return LaunchException.usage(written + ": unknown flag" + nearest + hint());
    }

    private static String bare(String written) {
        return written.substring(written.startsWith("--") ? 2 : 1);
    }

    private String hint() {
        return "; see vertx " + usage.name() + " --help";
    }
}
