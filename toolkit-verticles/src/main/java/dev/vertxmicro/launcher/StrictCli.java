package dev.vertxmicro.launcher;

import dev.vertxmicro.config.Nearest;
import io.vertx.core.cli.Argument;
import io.vertx.core.cli.CLI;
import io.vertx.core.cli.CommandLine;
import io.vertx.core.cli.Option;
import io.vertx.core.cli.impl.DefaultCLI;
import io.vertx.core.cli.impl.DefaultCommandLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The command line of one command, which refuses options it does not know: Vert.x's own parser takes them for arguments.
 *
 * <p>Accepted are {@code --name value}, {@code --name=value}, the same with one hyphen, {@code -Dkey=value}, and {@code --}
 * before arguments that begin with a hyphen.
 */
public final class StrictCli extends DefaultCLI {
    private final boolean microFlags;

    private StrictCli(CLI model, boolean microFlags) {
        this.microFlags = microFlags;
        setName(model.getName());
        setSummary(model.getSummary());
        setDescription(model.getDescription() == null ? model.getSummary() : model.getDescription());
        setHidden(model.isHidden());
        setPriority(model.getPriority());
        addOptions(model.getOptions());
        addArguments(model.getArguments());
        if (microFlags) {
            for (MicroFlag flag : MicroFlag.values()) {
                addOption(new Option()
                        .setLongName(flag.flag())
                        .setArgName(flag.kind() == MicroFlag.Kind.ENTRIES ? "key=value" : "value")
                        .setDescription(flag.description())
                        .setMultiValued(true)
                        .setHidden(true));
            }
        }
    }

    /**
     * Makes a model strict.
     *
     * @param model as the annotations of a command say
     * @return the strict model
     */
    public static StrictCli of(CLI model) {
        return new StrictCli(model, false);
    }

    /**
     * Makes a model strict and adds go-micro's flags.
     *
     * @param model as the annotations of a command say
     * @return the strict model
     */
    public static StrictCli withMicroFlags(CLI model) {
        return new StrictCli(model, true);
    }

    boolean takesMicroFlags() {
        return microFlags;
    }

    /**
     * Collects go-micro's flags from a parsed command line.
     *
     * @param line parsed by a model with those flags
     * @return the values of each flag that was typed
     */
    public static Map<String, List<String>> microFlags(CommandLine line) {
        Map<String, List<String>> flags = new HashMap<>();
        for (MicroFlag flag : MicroFlag.values()) {
            Option option = line.cli().getOption(flag.flag());
            if (option != null && line.isOptionAssigned(option)) {
                flags.put(flag.flag(), List.copyOf(line.getRawValuesForOption(option)));
            }
        }
        return flags;
    }

    @Override
    public CommandLine parse(List<String> tokens, boolean validate) {
        return parse(tokens);
    }

    @Override
    public CommandLine parse(List<String> tokens) {
        DefaultCommandLine line = new DefaultCommandLine(this);
        List<String> positional = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            String token = tokens.get(i);
            if (token.equals("--")) {
                positional.addAll(tokens.subList(i + 1, tokens.size()));
                break;
            }
            if (!token.startsWith("-") || token.equals("-")) {
                positional.add(token);
                continue;
            }
            i += option(line, token, tokens, i);
        }
        arguments(line, positional);
        return line;
    }

    /** Takes one option; returns how many further tokens its value took. */
    private int option(DefaultCommandLine line, String token, List<String> tokens, int at) {
        if (token.startsWith("-D") && token.length() > 2 && named("D").isPresent()) {
            add(line, named("D").get(), token, token.substring(2));
            return 0;
        }
        int equals = token.indexOf('=');
        String written = equals < 0 ? token : token.substring(0, equals);
        Option option = named(written.replaceFirst("^--?", "")).orElseThrow(() -> unknown(written));
        if (equals >= 0) {
            add(line, option, written, token.substring(equals + 1));
            return 0;
        }
        if (option.isFlag() || !option.acceptValue()) {
            line.setSeenInCommandLine(option);
            return 0;
        }
        if (at + 1 >= tokens.size()) {
            throw LaunchException.usage(
                    written + ": no value (expected: " + written + " " + option.getArgName() + ")" + hint());
        }
        add(line, option, written, tokens.get(at + 1));
        return 1;
    }

    private void add(DefaultCommandLine line, Option option, String written, String value) {
        line.setSeenInCommandLine(option);
        if (!line.acceptMoreValues(option)) {
            throw LaunchException.usage(
                    written + ": " + (option.isFlag() ? "takes no value" : "given twice (expected: once)") + hint());
        }
        if (!option.getChoices().isEmpty() && !option.getChoices().contains(value)) {
            throw LaunchException.usage(
                    written + ": \"" + value + "\" (expected: " + String.join(" | ", option.getChoices()) + ")");
        }
        line.addRawValue(option, value);
    }

    private void arguments(DefaultCommandLine line, List<String> positional) {
        positional.forEach(line::addArgumentValue);
        List<Argument> arguments = new ArrayList<>(getArguments());
        arguments.sort(Comparator.comparingInt(Argument::getIndex)); // reflection gives them in any order
        int index = 0;
        for (Argument argument : arguments) {
            if (index < positional.size()) {
                line.setRawValue(argument, positional.get(index));
            } else if (argument.isRequired()) {
                throw LaunchException.usage("vertx " + getName() + ": no " + argument.getArgName() + hint());
            }
            index++;
        }
        if (index < positional.size() && (index > 0 || getArguments().isEmpty())) {
            throw LaunchException.usage(
                    "vertx " + getName() + ": unexpected argument \"" + positional.get(index) + "\"" + hint());
        }
    }

    private Optional<Option> named(String name) {
        return getOptions().stream()
                .filter(option -> name.equals(option.getLongName()) || name.equals(option.getShortName()))
                .findFirst();
    }

    private LaunchException unknown(String written) {
        String name = written.replaceFirst("^--?", "");
        String instead = MicroFlag.REFUSED.get(name);
        if (instead != null) {
            return LaunchException.usage(written + ": means nothing here; " + instead);
        }
        TreeSet<String> known = new TreeSet<>();
        getOptions().stream()
                .flatMap(option -> Stream.ofNullable(option.getLongName()))
                .filter(longName -> !longName.equals(Option.NO_NAME))
                .forEach(longName -> known.add("--" + longName));
        String nearest = Nearest.of("--" + name, known)
                .map(found -> " (nearest known: " + found + ")")
                .orElse("");
        return LaunchException.usage(written + ": unknown flag" + nearest + hint());
    }

    private String hint() {
        return "; see vertx " + getName() + " --help";
    }
}
