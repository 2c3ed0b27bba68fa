package dev.vertxmicro.cli.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.launcher.overlay.ConfigFile;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In what two configurations differ. */
class ConfigDifferenceTest {
    private static List<String> lines(String one, String other) {
        return ConfigDifference.lines(effective(one), effective(other));
    }

    private static JsonObject effective(String text) {
        return EffectiveFile.of(ConfigFile.parse("file", text));
    }

    @Test
    void isNothingWhereADefaultIsWritten() {
        assertThat(lines("{}", "{\"client\": {\"retries\": 1, \"requestTimeout\": \"5s\"}}"))
                .isEmpty();
    }

    @Test
    void isWhatHoldsHereAndThere() {
        assertThat(lines("{}", "{\"client\": {\"retries\": 2}}"))
                .containsExactly("- $.client.retries: 1", "+ $.client.retries: 2");
    }

    @Test
    void hidesSecrets() {
        assertThat(lines("{}", "{\"app\": {\"apiToken\": \"hidden\", \"color\": \"blue\"}}"))
                .containsExactly("+ $.app.apiToken: \"***\"", "+ $.app.color: \"blue\"");
    }

    @Test
    void tellsVerticlesApartByTheirClasses() {
        String one = "{\"verticles\": [{\"main\": \"a.A\"}, {\"main\": \"b.B\"}, {\"main\": \"b.B\"}]}";
        String other = "{\"verticles\": [{\"main\": \"b.B\"}, {\"main\": \"a.A\"}, {\"main\": \"b.B\","
                + " \"options\": {\"config\": {\"client\": {\"retries\": 7}}}}]}";
        assertThat(lines(one, one)).isEmpty();
        assertThat(lines(one, other))
                .containsExactly(
                        "- $.verticles[b.B#2].options.config.client.retries: 1",
                        "+ $.verticles[b.B#2].options.config.client.retries: 7");
    }

    @Test
    void tellsNodesApart() {
        String one = "{\"nodes\": {\"edge\": {\"verticles\": [{\"main\": \"a.A\", \"options\": {\"config\":"
                + " {\"own\": {\"x\": 1}}}}]}}}";
        assertThat(lines(one, one.replace("1", "2")))
                .containsExactly(
                        "- $.nodes.edge.verticles[a.A].options.config.own.x: 1",
                        "+ $.nodes.edge.verticles[a.A].options.config.own.x: 2");
    }
}
