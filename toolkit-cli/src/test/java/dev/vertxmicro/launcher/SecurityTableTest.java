package dev.vertxmicro.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every row of the table of limits in docs/security.md names tests that there are. */
class SecurityTableTest {
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|Suite))\\.(\\w+)`");

    @Test
    void namesTestsThatExist() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "security.md"));
        List<String> rows = page.substring(page.indexOf("## Limits"))
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| what comes"))
                .toList();
        assertThat(rows).hasSizeGreaterThan(10).allMatch(row -> TEST.matcher(row)
                .find());
        Map<String, Path> tests = tests();
        for (MatchResult test : TEST.matcher(page).results().toList()) {
            assertThat(tests).as(test.group()).containsKey(test.group(1) + ".java");
            assertThat(tests.get(test.group(1) + ".java")).content().contains("void " + test.group(2) + "(");
        }
    }

    private static Map<String, Path> tests() throws IOException {
        try (Stream<Path> files = Files.find(
                Path.of(".."),
                14,
                (path, attributes) ->
                        path.toString().contains("/src/") && path.toString().matches(".*(Test|Suite)\\.java"))) {
            return files.collect(Collectors.toMap(path -> path.getFileName().toString(), path -> path, (a, b) -> a));
        }
    }
}
