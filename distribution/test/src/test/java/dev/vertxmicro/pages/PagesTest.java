package dev.vertxmicro.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.testkit.program.NetworkNamespace;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.program.ShellProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands of README and docs, run as pasted, page by page, in a clone that has been built and a network of its own. */
class PagesTest {
    private static final Path REACTOR = Path.of(System.getProperty("reactor"));
    private static final Pattern UNMARKED =
            Pattern.compile("(?m)^```\\n(?:[^`]*\\n)?(?:bin/vertx|\\./mvnw|make|curl|go) ");

    @TempDir
    static Path clone;

    static List<String> pages() throws IOException {
        List<String> pages = new ArrayList<>(List.of("README.md", "CONTRIBUTING.md"));
        try (Stream<Path> docs = Files.list(REACTOR.resolve("docs"))) {
            docs.map(page -> "docs/" + page.getFileName())
                    .filter(page -> page.endsWith(".md"))
                    .sorted()
                    .forEach(pages::add);
        }
        return pages;
    }

    static List<String> pagesWithCommands() throws IOException {
        List<String> pages = pages();
        pages.removeIf(page -> Commands.of(read(page)).isEmpty());
        return pages;
    }

    @BeforeAll
    static void cloneWhatWasBuilt() {
        ScratchClone.of(REACTOR, clone);
    }

    @Requires(Requirement.NETWORK)
    @ParameterizedTest
    @MethodSource("pagesWithCommands")
    void runsAsPasted(String page) {
        try (NetworkNamespace network = NetworkNamespace.create().withMulticast()) {
            Map<ShellProcess, Commands> running = new LinkedHashMap<>();
            try {
                for (Commands commands : Commands.of(read(page))) {
                    commands.needs().forEach(Requirement::check);
                    if (!commands.elsewhere()) {
                        ShellProcess shell = ShellProcess.start(network, clone, commands.text());
                        running.put(shell, commands);
                        follow(page, commands, shell);
                    }
                }
                running.forEach((shell, commands) -> commands.later().forEach(shell::await));
                running.keySet().forEach(ShellProcess::terminateAll);
            } finally {
                running.keySet().forEach(ShellProcess::close);
            }
        }
    }

    private static void follow(String page, Commands commands, ShellProcess shell) {
        String where = page + ":" + commands.line();
        commands.prints().forEach(shell::await);
        if (!commands.stays()) {
            int exit = shell.exitCode();
            assertThat(exit != 0)
                    .as("%s: exit code %d, after %s", where, exit, shell.lines())
                    .isEqualTo(commands.fails());
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void marksItsCommands(String page) {
        assertThat(UNMARKED.matcher(read(page))
                        .results()
                        .map(found -> found.group())
                        .toList())
                .as("blocks of %s with commands that are not marked as sh", page)
                .isEmpty();
    }

    private static String read(String page) {
        try {
            return Files.readString(REACTOR.resolve(page), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
