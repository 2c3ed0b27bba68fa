package dev.vertxmicro.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.spi.Plugin;
import dev.vertxmicro.testkit.architecture.Module;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/plugins.md has a row for each plugin: those that toolkit-engine lists, and each module there is. */
class PluginsPageTest {
    private static final Path DOCS = House.TOP.resolve("docs");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(#[^)]*)?\\)");
    private static final int CELLS = 6;

    private static List<String[]> rows() throws IOException {
        try (var lines = Files.lines(DOCS.resolve("plugins.md"))) {
            return lines.filter(line -> line.startsWith("| ") && line.contains("`"))
                    .map(line -> line.substring(2, line.length() - 2).split(" \\| ", -1))
                    .toList();
        }
    }

    private static String code(String cell) {
        Matcher code = CODE.matcher(cell);
        assertThat(code.find()).as(cell).isTrue();
        return code.group(1);
    }

    @Test
    void hasARowForEachOfTheList() throws IOException {
        assertThat(rows()).allMatch(row -> row.length == CELLS);
        assertThat(rows())
                .map(row -> new Plugin(row[0], code(row[1]), code(row[2])))
                .containsExactlyInAnyOrderElementsOf(Plugin.all());
    }

    @Test
    void hasARowForEachModule() throws IOException {
        Set<String> artifacts = rows().stream().map(row -> code(row[2])).collect(Collectors.toSet());
        assertThat(House.MODULES.byName().values().stream()
                        .filter(Module::plugin)
                        .map(module -> "toolkit-" + module.name().replaceFirst(".*/", "")))
                .isNotEmpty()
                .allMatch(artifacts::contains);
    }

    @Test
    void saysWhatEachNeedsAndNamesSampleAndPage() throws IOException {
        for (String[] row : rows()) {
            assertThat(row[3]).as(row[1]).isNotBlank();
            assertThat(row[5]).as(row[1]).contains("](", ".md");
            for (int cell : new int[] {4, 5}) {
                Matcher link = LINK.matcher(row[cell]);
                while (link.find()) {
                    assertThat(DOCS.resolve(link.group(1))).as(row[1]).exists();
                }
            }
            if (row[4].contains(".json")) {
                Matcher sample = LINK.matcher(row[4]);
                assertThat(sample.find()).isTrue();
                assertThat(Files.readString(DOCS.resolve(sample.group(1))))
                        .as("%s in %s", row[1], row[4])
                        .contains(sampled(row[0], code(row[1])));
            }
        }
    }

    /** How a sample says that it uses a type; of a default nothing need be said. */
    private static String sampled(String kind, String type) {
        boolean silent = type.equals("mdns") || type.equals("http") || kind.equals("discovery");
        return silent ? "" : "\"type\": \"" + type + "\"";
    }
}
