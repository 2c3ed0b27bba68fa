package dev.vertxmicro.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class UsageTest {
    private static final Usage USAGE = Usage.named("try", "Tries.")
            .argument("one", "The first.")
            .optional("two", "The second.")
            .flag("color", "red|green", "Its colour.")
            .flag("count", "number", "How many.")
            .toggle("fast", "Hurries.")
            .add(new Flag("header", "H", "key=value", "A header.", Flag.Kind.MANY))
            .build();

    private static CommandLine parse(String line) {
        return CommandLine.parse(USAGE, Arrays.asList(line.split(" ")));
    }

    @Test
    void readsFlagsWrittenInEveryWay() {
        CommandLine line = parse("a --color red -count=3 --fast -H k=v --header=x=y=z -Dp=q -- --b");
        assertThat(line.argument("one")).isEqualTo("a");
        assertThat(line.optional("two")).contains("--b");
        assertThat(line.value("color")).contains("red");
        assertThat(line.number("count", 0, 1)).isEqualTo(3);
        assertThat(line.has("fast")).isTrue();
        assertThat(line.values("header")).containsExactly("k=v", "x=y=z");
        assertThat(line.values("D")).containsExactly("p=q");
        assertThat(parse("a").has("fast")).isFalse();
        assertThat(parse("a").number("count", 7, 1)).isEqualTo(7);
        assertThat(parse("a").value("color", "blue")).isEqualTo("blue");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "--fast ; vertx try: no one - see vertx try --help",
                "a b c ; vertx try: unexpected argument \"c\" - see vertx try --help",
                "a --colour=red ; --colour: unknown flag (nearest known: --color) - see vertx try --help",
                "a --color=blue ; --color: \"blue\" (expected: red | green)",
                "a --count ; --count: no value (expected: --count number) - see vertx try --help",
                "a --count=1 --count=2 ; --count: given twice (expected: once) - see vertx try --help",
                "a --fast=true ; --fast: takes no value - see vertx try --help",
            })
    void refusesWhatItDoesNotTake(String typed, String message) {
        assertThatThrownBy(() -> parse(typed))
                .isInstanceOf(LaunchException.class)
                .hasMessage(message.replace(" - see", "; see"))
                .satisfies(thrown ->
                        assertThat(((LaunchException) thrown).exitCode()).isEqualTo(LaunchException.USAGE));
    }

    @Test
    void refusesNumbersBelowTheLeast() {
        assertThatThrownBy(() -> parse("a --count=0").number("count", 0, 1))
                .hasMessage("--count: 0 (expected: a whole number >= 1)");
        assertThatThrownBy(() -> parse("a --count=x").number("count", 0, 1))
                .hasMessage("--count: \"x\" (expected: a whole number >= 1)");
    }

    @Test
    void answersOnlyForFlagsOfItsUsage() {
        assertThatThrownBy(() -> parse("a").value("colour")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void writesWhatWasTypedForAnotherProcess() {
        CommandLine line = parse("a --fast -H k=v -Dp=q");
        assertThat(USAGE.flags().stream().flatMap(flag -> line.words(flag).stream()))
                .containsExactly("-Dp=q", "--fast", "--header=k=v");
    }

    static List<Usage> all() {
        return Commands.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyCommandIsUnambiguous(Usage usage) {
        Set<String> names = new HashSet<>();
        Stream.concat(usage.flags().stream(), usage.common().stream()).forEach(flag -> {
            assertThat(names.add(flag.name())).as(flag.name()).isTrue();
            assertThat(flag.alias().isEmpty() || names.add(flag.alias()))
                    .as(flag.alias())
                    .isTrue();
            assertThat(flag.description()).as(flag.name()).isNotBlank();
        });
        assertThat(usage.summary()).endsWith(".");
        assertThat(usage.arguments().stream().map(Argument::required).toList())
                .as("those that may be left out come last")
                .isSortedAccordingTo((one, other) -> Boolean.compare(other, one));
    }

    @ParameterizedTest
    @MethodSource("all")
    void helpHasTheArgumentsInTheirOrder(Usage usage) {
        String help = Help.of(usage);
        assertThat(help.lines().findFirst().orElse("")).isEqualTo("Usage: vertx " + Help.synopsis(usage));
        assertThat(help.lines()).allMatch(line -> line.length() <= 110);
        usage.flags().stream().filter(Flag::isListed).forEach(flag -> assertThat(help)
                .contains("--" + flag.name()));
    }

    @Test
    void helpOfCallNamesServiceEndpointAndBody() {
        assertThat(Help.of(Commands.get("call").usage()))
                .startsWith("Usage: vertx call SERVICE ENDPOINT [BODY] [flags]\n");
    }

    /** Written by hand only around it: what stands between the marks is what this test expects. */
    @Test
    void thePageHasEveryFlagAsHelpHasIt() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "cli.md"));
        String usages = page.substring(page.indexOf("<!-- usages -->\n") + 16, page.indexOf("<!-- /usages -->"));
        assertThat(usages.strip()).isEqualTo(Help.page(Commands.all()).strip());
    }
}
