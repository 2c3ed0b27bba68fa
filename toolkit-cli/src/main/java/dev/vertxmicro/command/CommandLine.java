package dev.vertxmicro.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was typed after the name of a command, as its usage reads it. Immutable. */
public final class CommandLine {
    private final Usage usage;
    private final Map<String, List<String>> values;
    private final List<String> arguments;
    private final List<String> rest;

    CommandLine(Usage usage, Map<String, List<String>> values, List<String> arguments, List<String> rest) {
        this.usage = usage;
        this.values = new HashMap<>(values);
        this.arguments = new ArrayList<>(arguments);
        this.rest = List.copyOf(rest);
    }

    /**
     * Reads a command line.
     *
     * @param usage what the command takes
     * @param words what was typed after its name
     * @return what they say
     * @throws LaunchException for what the usage does not allow, exit code 2
     */
    public static CommandLine parse(Usage usage, List<String> words) {
        return new Parser(usage).parse(words);
    }

    /**
     * Tells whether a flag was given.
     *
     * @param flag its name
     * @return true if it was
     */
    public boolean has(String flag) {
        return !values(flag).isEmpty();
    }

    /**
     * Gives the value of a flag.
     *
     * @param flag its name
     * @return the value, or empty if it was not given
     */
    public Optional<String> value(String flag) {
        List<String> given = values(flag);
        return given.isEmpty() ? Optional.empty() : Optional.of(given.get(given.size() - 1));
    }

    /**
     * Gives the value of a flag.
     *
     * @param flag      its name
     * @param otherwise what counts if it was not given
     * @return the value
     */
    public String value(String flag, String otherwise) {
        List<String> given = values(flag);
        return given.isEmpty() ? otherwise : given.get(given.size() - 1);
    }

    /**
     * Gives all values of a flag.
     *
     * @param flag its name
     * @return the values in their order, none if it was not given; of a switch one empty text
     */
    public List<String> values(String flag) {
        List<String> given = values.get(flag);
        if (given != null) {
            return given;
        }
        if (usage.flag(flag).isEmpty()) {
            throw new IllegalArgumentException("flag: " + flag + " (expected: one of vertx " + usage.name() + ")");
        }
        return List.of();
    }

    /**
     * Gives a flag as it would be typed, for another process.
     *
     * @param flag one of the usage's
     * @return the words, none if it was not given
     */
    public List<String> words(Flag flag) {
        List<String> words = new ArrayList<>();
        for (String value : values(flag.name())) {
            switch (flag.kind()) {
                case JOINED -> words.add("-" + flag.name() + value);
                default -> words.add(flag.isSwitch() ? "--" + flag.name() : "--" + flag.name() + "=" + value);
            }
        }
        return words;
    }

    /**
     * Reads the value of a flag as a whole number.
     *
     * @param flag      its name
     * @param otherwise what counts if it was not given
     * @param least     the smallest that is allowed
     * @return the number
     * @throws LaunchException if it is none, or less
     */
    public int number(String flag, int otherwise, int least) {
        Optional<String> given = value(flag);
        if (given.isEmpty()) {
            return otherwise;
        }
        String text = given.get();
        try {
            int number = Integer.parseInt(text);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            text = "\"" + text + "\"";
        }
        throw LaunchException.usage("--" + flag + ": " + text + " (expected: a whole number >= " + least + ")");
    }

    /**
     * Gives an argument that must be there.
     *
     * @param name as the usage calls it
     * @return what was typed
     */
    public String argument(String name) {
        return optional(name)
                .orElseThrow(() -> new IllegalArgumentException("argument: " + name + " (expected: a required one)"));
    }

    /**
     * Gives an argument that may be left out.
     *
     * @param name as the usage calls it
     * @return what was typed, or empty
     */
    public Optional<String> optional(String name) {
        for (int i = 0; i < usage.arguments().size() && i < arguments.size(); i++) {
            if (usage.arguments().get(i).name().equals(name)) {
                return Optional.of(arguments.get(i));
            }
        }
        return Optional.empty();
    }

    /**
     * Gives what an open command passes on: arguments, and flags that are not its own, as they were typed.
     *
     * @return the words in their order
     */
    public List<String> rest() {
        return rest;
    }

    /**
     * Gives what the command takes.
     *
     * @return its usage
     */
    public Usage usage() {
        return usage;
    }
}
