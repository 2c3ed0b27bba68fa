package dev.vertxmicro.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a command is called and takes: the one table from which its command line is read and its help, its completion and its
 * page are written.
 *
 * @param name        what is typed after {@code vertx}
 * @param summary     one line for the list of commands
 * @param description what it does, in a paragraph
 * @param arguments   in their order; those that may be left out at the end
 * @param flags       in the order of help
 * @param common      flags that many commands share, which help lists after the others
 * @param refused     names of flags that mean nothing here, and what to do instead
 * @param hidden      true if the list of commands leaves it out
 * @param open        true if flags it does not know, and further arguments, are for somebody else: {@link CommandLine#rest}
 */
public record Usage(
        String name,
        String summary,
        String description,
        List<Argument> arguments,
        List<Flag> flags,
        List<Flag> common,
        Map<String, String> refused,
        boolean hidden,
        boolean open) {
    private static final Flag PROPERTY = new Flag("D", "", "key=value", "Sets a system property.", Flag.Kind.JOINED);

    /** Copies the lists. */
    public Usage {
        arguments = List.copyOf(arguments);
        flags = List.copyOf(flags);
        common = List.copyOf(common);
        refused = Map.copyOf(refused);
    }

    /**
     * Begins one.
     *
     * @param name    what is typed after {@code vertx}
     * @param summary one line, with a full stop
     * @return what takes the rest
     */
    public static Builder named(String name, String summary) {
        return new Builder(name, summary);
    }

    /**
     * Finds a flag.
     *
     * @param written its name or alias without hyphens
     * @return the flag, or empty if there is none
     */
    public Optional<Flag> flag(String written) {
        for (Flag flag : flags) {
            if (flag.is(written)) {
                return Optional.of(flag);
            }
        }
        for (Flag flag : common) {
            if (flag.is(written)) {
                return Optional.of(flag);
            }
        }
        return Optional.empty();
    }

    /** Collects what a command takes. */
    public static final class Builder {
        private final String name;
        private final String summary;
        private String description;
        private final List<Argument> arguments = new ArrayList<>(4);
        private final List<Flag> flags = new ArrayList<>();
        private List<Flag> common = List.of();
        private Map<String, String> refused = Map.of();
        private boolean hidden;
        private boolean open;

        private Builder(String name, String summary) {
            this.name = name;
            this.summary = summary;
            this.description = summary;
            flags.add(PROPERTY);
        }

        /**
         * Describes the command.
         *
         * @param text a paragraph
         * @return this
         */
        public Builder describedAs(String text) {
            description = text;
            return this;
        }

        /**
         * Adds an argument that must be there.
         *
         * @param argument how help calls it
         * @param text     one line
         * @return this
         */
        public Builder argument(String argument, String text) {
            arguments.add(new Argument(argument, text, true));
            return this;
        }

        /**
         * Adds an argument that may be left out.
         *
         * @param argument how help calls it
         * @param text     one line
         * @return this
         */
        public Builder optional(String argument, String text) {
            arguments.add(new Argument(argument, text, false));
            return this;
        }

        /**
         * Adds a flag with a value.
         *
         * @param flag  its name
         * @param value how help calls its value, {@code a|b} where it is one of these
         * @param text  one line
         * @return this
         */
        public Builder flag(String flag, String value, String text) {
            return add(new Flag(flag, "", value, text, Flag.Kind.ONCE));
        }

        /**
         * Adds a flag without a value.
         *
         * @param flag its name
         * @param text one line
         * @return this
         */
        public Builder toggle(String flag, String text) {
            return add(new Flag(flag, "", "", text, Flag.Kind.ONCE));
        }

        /**
         * Adds a flag of any kind.
         *
         * @param flag the flag
         * @return this
         */
        public Builder add(Flag flag) {
            flags.add(flag);
            return this;
        }

        /**
         * Adds flags that help lists apart, and those that are refused.
         *
         * @param shared the flags
         * @param instead names of flags that mean nothing here, and what to do instead
         * @return this
         */
        public Builder common(List<Flag> shared, Map<String, String> instead) {
            common = shared;
            refused = instead;
            return this;
        }

        /**
         * Leaves the command out of the list of commands.
         *
         * @return this
         */
        public Builder hidden() {
            hidden = true;
            return this;
        }

        /**
         * Passes on what is not the command's own: {@link CommandLine#rest}.
         *
         * @return this
         */
        public Builder open() {
            open = true;
            return this;
        }

        /**
         * Puts it together.
         *
         * @return the usage
         */
        public Usage build() {
            return new Usage(name, summary, description, arguments, flags, common, refused, hidden, open);
        }
    }
}
