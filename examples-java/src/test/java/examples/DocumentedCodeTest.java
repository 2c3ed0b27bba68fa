package examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Code on a page that names its file is found in that file, to the letter. */
class DocumentedCodeTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern BLOCK = Pattern.compile("<!-- from: (\\S+) -->\\n```\\w+\\n(.*?)```", Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "docs/bridge.md",
                "docs/codecs.md",
                "docs/codegen.md",
                "docs/embedding.md",
                "docs/event-bus.md",
                "docs/observability.md",
                "docs/resilience.md",
                "docs/service-discovery.md",
                "docs/services.md",
                "docs/testing.md",
                "docs/validation.md",
                "docs/wrappers-resilience.md"
            })
    void standsInItsFile(String page) throws IOException {
        Matcher block = BLOCK.matcher(read(page));
        int found = 0;
        while (block.find()) {
            assertThat(read(block.group(1))).as(block.group(1)).contains(block.group(2));
            found++;
        }
        assertThat(found).as("blocks in %s", page).isPositive();
    }

    private static String read(String path) throws IOException {
        return Files.readString(ROOT.resolve(path), StandardCharsets.UTF_8);
    }
}
