package dev.vertxmicro.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Completion as the shells themselves do it, after sourcing what is printed. */
class CompletionTest {
    @TempDir
    Path directory;

    private static boolean installed(String shell) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, shell)));
    }

    private String say(String shell, String script) throws IOException, InterruptedException {
        Assumptions.assumeTrue(installed(shell), "needs the program " + shell);
        Files.writeString(directory.resolve("completion"), Completion.script(shell));
        Process process = new ProcessBuilder(shell, "-c", script)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    /** What bash offers at the end of these words, as it takes a line apart. */
    private List<String> offered(String line) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(line.replace("=", " = ").split(" ")));
        if (line.endsWith(" ") || line.endsWith("=")) {
            words.add("");
        }
        String quoted =
                String.join(" ", words.stream().map(word -> "'" + word + "'").toList());
        String script = ". ./completion; COMP_WORDS=(" + quoted + "); COMP_CWORD=" + (words.size() - 1)
                + "; _vertx; printf '%s\\n' \"${COMPREPLY[@]}\"";
        return say("bash", script).lines().toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vertx ca | call",
                "vertx des | describe",
                "vertx call greeter Greeter.Hello --addr | --address",
                "vertx call greeter Greeter.Hello --register_t | --register_ttl",
                "vertx run my.Verticle --inst | --instances",
                "vertx start my.Verticle --inst | --instances",
                "vertx completion z | zsh",
                "vertx run my.Verticle -conf gre | greeter.json",
                "vertx call a A.B @gre | @greeter.json",
                "vertx call a A.B --proto=gre | greeter.json",
            })
    void bashCompletesCommandsFlagsValuesAndFiles(String line, String expected) throws Exception {
        Files.writeString(directory.resolve("greeter.json"), "{}");
        assertThat(offered(line)).containsExactly(expected);
    }

    @Test
    void bashOffersEveryCommandThatHelpLists() throws Exception {
        List<String> known = Commands.all().stream()
                .filter(usage -> !usage.hidden())
                .map(Usage::name)
                .toList();
        assertThat(offered("vertx ")).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void zshTakesIt() throws Exception {
        String script = "autoload -U compinit && compinit -u -D && . ./completion && print -r -- ${_comps[vertx]}";
        assertThat(say("zsh", script)).contains("_vertx");
    }

    @Test
    void refusesOtherShells() {
        assertThatThrownBy(() -> Completion.script("fish")).hasMessage("\"fish\" (expected: bash | zsh)");
    }
}
