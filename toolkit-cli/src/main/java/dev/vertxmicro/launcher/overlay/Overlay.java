package dev.vertxmicro.launcher.overlay;

import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.command.Usage;
import dev.vertxmicro.config.ConfigException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What go-micro's flags and environment variables say, to be laid over a descriptor: a flag before its variable, both before
 * the file. Immutable.
 */
public final class Overlay {
    private final Map<MicroFlag, Given> given;

    private record Given(String source, Object value) {}

    private Overlay(Map<MicroFlag, Given> given) {
        this.given = given;
    }

    /**
     * Reads flags and environment.
     *
     * @param flags the values of each flag typed, by its name without hyphens
     * @param environment the environment of the process
     * @return what they say
     * @throws LaunchException for a value that cannot be one, and for a variable that can mean nothing here
     */
    public static Overlay of(Map<String, List<String>> flags, Map<String, String> environment) {
        Map<MicroFlag, Given> given = new EnumMap<>(MicroFlag.class);
        for (MicroFlag flag : MicroFlag.values()) {
            String variable = environment.getOrDefault(flag.variable(), "");
            List<String> typed = flags.getOrDefault(flag.flag(), List.of());
            if (!typed.isEmpty()) {
                String source = "--" + flag.flag();
                given.put(flag, new Given(source, flag.value(source, typed)));
            } else if (!variable.isEmpty()) {
                List<String> texts =
                        flag.kind() == MicroFlag.Kind.ENTRIES ? Arrays.asList(variable.split(",")) : List.of(variable);
                given.put(flag, new Given(flag.variable(), flag.value(flag.variable(), texts)));
            }
        }
        MicroFlag.REFUSED_VARIABLES.keySet().stream()
                .sorted()
                .filter(name -> !environment.getOrDefault(name, "").isEmpty())
                .findFirst()
                .ifPresent(name -> {
                    throw LaunchException.usage(
                            name + ": means nothing here; " + MicroFlag.REFUSED_VARIABLES.get(name));
                });
        return new Overlay(given);
    }

    /**
     * Reads flags and environment.
     *
     * @param line of a command that takes go-micro's flags
     * @param environment the environment of the process
     * @return what they say
     * @throws LaunchException for a value that cannot be one, and for a variable that can mean nothing here
     */
    public static Overlay of(CommandLine line, Map<String, String> environment) {
        return of(MicroFlag.typed(line), environment);
    }

    /**
     * Gives go-micro's flags to a command, and refuses those that can mean nothing here.
     *
     * @param usage of the command
     * @return the same
     */
    public static Usage.Builder flags(Usage.Builder usage) {
        return usage.common(MicroFlag.flags(), MicroFlag.REFUSED);
    }

    /**
     * Tells whether there is nothing to lay over.
     *
     * @return true if no flag was typed and no variable set
     */
    public boolean isEmpty() {
        return given.isEmpty();
    }

    /**
     * Lays this over a descriptor.
     *
     * @param descriptor what the file says; not changed
     * @return a changed copy
     * @throws ConfigException if a section of the descriptor is no object
     */
    public JsonObject over(JsonObject descriptor) {
        JsonObject result = descriptor.copy();
        given.forEach((flag, value) -> {
            if (!flag.path().contains("<type>")) {
                JsonObject section = result;
                int last = flag.path().size() - 1;
                for (int i = 0; i < last; i++) {
                    String at =
                            i == 0 ? "$" : "$." + String.join(".", flag.path().subList(0, i));
                    section = section(section, flag.path().get(i), at);
                }
                String key = flag.path().get(last);
                section.put(
                        key, value.value() instanceof List<?> types ? wrappers(section, types) : json(value.value()));
            }
        });
        given.forEach((flag, value) -> {
            if (flag.path().contains("<type>")) {
                String name = flag.path().get(0);
                JsonObject section = section(result, name, "$");
                section(section, type(section, name), "$." + name)
                        .put(flag.path().get(2), json(value.value()));
            }
        });
        return result;
    }

    /** None is taken away, for one may be there that guards something: those are added that are not there, outside of the others. */
    private static JsonArray wrappers(JsonObject descriptor, List<?> types) {
        Object there = descriptor.getValue("wrappers", new JsonArray());
        if (!(there instanceof JsonArray wrappers)) {
            throw new ConfigException("$.wrappers", "no list (expected: a list of objects)");
        }
        JsonArray all = new JsonArray();
        types.stream()
                .filter(type -> wrappers.stream()
                        .noneMatch(each -> each instanceof JsonObject wrapper && type.equals(wrapper.getValue("type"))))
                .forEach(type -> all.add(new JsonObject().put("type", type)));
        return all.addAll(wrappers);
    }

    private static Object json(Object value) {
        if (value instanceof Map<?, ?> entries) {
            JsonObject object = new JsonObject();
            entries.forEach((key, entry) -> object.put(String.valueOf(key), entry));
            return object;
        }
        return value;
    }

    private static String type(JsonObject section, String name) {
        Object type = section.getValue("type");
        if (type instanceof String text) {
            return text;
        }
        return name.equals("registry") ? "mdns" : "http";
    }

    private static JsonObject section(JsonObject parent, String key, String path) {
        Object value = parent.getValue(key);
        if (value == null) {
            JsonObject made = new JsonObject();
            parent.put(key, made);
            return made;
        }
        if (value instanceof JsonObject object) {
            return object;
        }
        throw new ConfigException(path + "." + key, "no object (expected: an object)");
    }

    /** An address for a type that has none. */
    private static String homeless(MicroFlag flag, String message) {
        String type = message.split("[.:]", 4)[2];
        String instead = flag == MicroFlag.TRANSPORT_ADDRESS
                ? "--server_address for where a server listens"
                : "none, or another --" + flag.path().get(0);
        return ": " + type + " has no address (expected: " + instead + ")";
    }

    /** Tells whether it is the type of a wrapper that nobody provides, and was added here. */
    private static boolean addedType(String message, List<?> types) {
        return types.stream()
                .anyMatch(type -> message.matches("(?s)\\$\\.wrappers\\[\\d+]\\.type: "
                        + java.util.regex.Pattern.quote("\"" + type + "\"") + ".*"));
    }

    /**
     * Words the error of a descriptor, naming the flag or variable where the value came from one, otherwise the file.
     *
     * @param file where the descriptor was read
     * @param error what is wrong with it
     * @return one line
     */
    public String explain(String file, ConfigException error) {
        String message = String.valueOf(error.getMessage());
        for (Map.Entry<MicroFlag, Given> entry : given.entrySet()) {
            String path = "$." + String.join(".", entry.getKey().path());
            if (entry.getValue().value() instanceof List<?> types && addedType(message, types)) {
                return entry.getValue().source() + message.substring(message.indexOf(": "));
            }
            String pattern = java.util.regex.Pattern.quote(path).replace("<type>", "\\E[^.:]+\\Q");
            if (message.matches("(?s)" + pattern + "[:.].*")) {
                String problem = message.substring(message.indexOf(": "));
                return entry.getValue().source()
                        + (problem.startsWith(": unknown key") ? homeless(entry.getKey(), message) : problem);
            }
        }
        return file.isEmpty() ? message : file + ": " + message;
    }
}
