package dev.vertxmicro.interop.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** protobuf's own conformance suite, what is recommended included, from binary to JSON, from JSON to binary and to JSON. */
@Requires(Requirement.CONFORMANCE)
class ConformanceTest {
    private static final Pattern RESULT =
            Pattern.compile("CONFORMANCE SUITE PASSED: (\\d+) successes, \\d+ skipped, (\\d+) expected failures");

    /** The suite of version 33.2 has 2,718 of them. */
    private static final int JSON_TESTS = 2_700;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"protobuf", "go-micro"})
    void failsNothingButWhatIsListed(String mapping) throws Exception {
        Path list = Path.of("src", "test", "resources", "conformance", mapping + ".txt");
        Path said = folder.resolve("said.txt");
        Process runner = new ProcessBuilder(
                        Requirement.program("conformance_test_runner")
                                .orElseThrow()
                                .toString(),
                        "--enforce_recommended",
                        "--maximum_edition",
                        "2023",
                        "--output_dir",
                        folder.toString(),
                        "--failure_list",
                        list.toString(),
                        testee(mapping).toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        int exit = runner.waitFor();
        String text = Files.readString(said, StandardCharsets.UTF_8);
        assertThat(exit).as(text).isZero();
        Matcher result = RESULT.matcher(text);
        assertThat(result.find()).as(text).isTrue();
        assertThat(Integer.parseInt(result.group(1)) + Integer.parseInt(result.group(2)))
                .as(result.group())
                .isGreaterThanOrEqualTo(JSON_TESTS);
    }

    /** The runner starts a program without arguments. */
    private Path testee(String mapping) throws Exception {
        Path script = folder.resolve("testee");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String descriptors =
                Path.of("target", "conformance.binpb").toAbsolutePath().toString();
        Files.writeString(
                script,
                "#!/bin/sh\nexec '" + java + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '"
                        + System.getProperty("java.class.path") + "' " + Testee.class.getName() + " '" + descriptors
                        + "' " + mapping + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script;
    }
}
