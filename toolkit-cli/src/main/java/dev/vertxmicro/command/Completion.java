package dev.vertxmicro.command;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes completion scripts from the tables of the commands: commands, then flags, then the values of a flag where they are known, files
 * otherwise.
 */
public final class Completion {
    private static final String FUNCTION =
            """
            # Completion of vertx, by: vertx completion SHELL
            _vertx() {
                local words=("${COMP_WORDS[@]}") current=${COMP_WORDS[COMP_CWORD]} previous=
                [ "$COMP_CWORD" -lt 1 ] || previous=${COMP_WORDS[COMP_CWORD-1]}
                local flags= values= files=
                if [ "$COMP_CWORD" -le 1 ]; then
                    COMPREPLY=($(compgen -W 'NAMES' -- "$current"))
                    return
                fi
                # bash takes --flag=value apart at the equals sign
                [ "$current" != = ] || current=
                [ "$previous" != = ] || previous=${COMP_WORDS[COMP_CWORD-2]}
                case ${words[1]} in
            FLAGS    esac
                case ${words[1]}:$previous in
            VALUES        *:-cp|*:--classpath|*:-conf|*:--conf|*:--proto|*:--descriptor-set|*:-I|*:--proto-path|*:--options) files=yes ;;
                esac
                if [ -n "$values" ]; then
                    COMPREPLY=($(compgen -W "$values" -- "$current"))
                elif [ -n "$files" ]; then
                    COMPREPLY=($(compgen -f -- "$current"))
                else
                    case $current in
                        -*) COMPREPLY=($(compgen -W "$flags" -- "$current")) ;;
                        @*) COMPREPLY=($(compgen -P @ -f -- "${current#@}")) ;;
                        *) COMPREPLY=($(compgen -f -- "$current")) ;;
                    esac
                fi
            }
            complete -o filenames -F _vertx vertx
            """;
    /** zsh runs functions of bash. */
    private static final String ZSH = "autoload -U +X bashcompinit && bashcompinit\n";

    private Completion() {}

    /**
     * Writes the script of a shell.
     *
     * @param shell {@code bash} or {@code zsh}
     * @return the script
     * @throws LaunchException for another shell
     */
    public static String script(String shell) {
        if (!shell.equals("bash") && !shell.equals("zsh")) {
            throw LaunchException.usage("\"" + shell + "\" (expected: bash | zsh)");
        }
        List<Usage> commands =
                Commands.all().stream().filter(usage -> !usage.hidden()).toList();
        String names = commands.stream().map(Usage::name).collect(Collectors.joining(" "));
        String flags = commands.stream().map(Completion::flags).collect(Collectors.joining());
        String values = commands.stream().map(Completion::values).collect(Collectors.joining());
        String script = FUNCTION.replace("SHELL", shell)
                .replace("NAMES", names)
                .replace("FLAGS", flags)
                .replace("VALUES", values);
        return shell.equals("zsh") ? ZSH + script : script;
    }

    private static Stream<Flag> listed(Usage usage) {
        Usage all = usage.open() ? Commands.get("run").usage() : usage;
        Stream<Flag> passed = usage.open() ? all.flags().stream() : Stream.empty();
        return Stream.of(usage.flags().stream(), passed, all.common().stream())
                .flatMap(flags -> flags)
                .filter(Flag::isListed);
    }

    private static String flags(Usage usage) {
        return "        " + usage.name() + ") flags='"
                + listed(usage).map(flag -> "--" + flag.name()).collect(Collectors.joining(" ")) + " --help' ;;\n";
    }

    /** Gives the values of flags that have only some, and of a first argument that has. */
    private static String values(Usage usage) {
        StringBuilder text = new StringBuilder();
        if (!usage.arguments().isEmpty() && usage.arguments().get(0).name().contains("|")) {
            String choices = usage.arguments().get(0).name().replace('|', ' ');
            text.append(row(usage.name(), usage.name(), choices));
        }
        listed(usage)
                .filter(flag -> !flag.choices().isEmpty())
                .collect(Collectors.toMap(Flag::name, flag -> String.join(" ", flag.choices()), (one, other) -> one))
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> text.append(row(usage.name(), "--" + entry.getKey(), entry.getValue())));
        return text.toString();
    }

    private static String row(String command, String previous, String values) {
        return "        " + command + ":" + previous + ") values='" + values + "' ;;\n";
    }
}
