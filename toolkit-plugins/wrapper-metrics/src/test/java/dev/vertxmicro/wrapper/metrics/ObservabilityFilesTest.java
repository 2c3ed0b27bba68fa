package dev.vertxmicro.wrapper.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alerts and the dashboard of docs/observability: Prometheus reads them, and they speak of metrics that there are. */
class ObservabilityFilesTest {
    private static final Path FOLDER = Path.of("..", "..", "docs", "observability");
    private static final Pattern METRIC =
            Pattern.compile("\\b(?:rpc|messaging|registry|jvm|process|micro)_[a-z0-9_]+\\b(?!\\s*(?:=|,|\\)))");

    private static List<String> expressions() throws IOException {
        JsonObject dashboard = new JsonObject(Files.readString(FOLDER.resolve("dashboard.json")));
        return objects(dashboard.getJsonArray("panels"))
                .filter(panel -> panel.getString("type").equals("timeseries"))
                .flatMap(panel -> objects(panel.getJsonArray("targets")))
                .map(target -> target.getString("expr"))
                .map(text -> text.replace("$__rate_interval", "1m").replaceAll("\\$[a-z_]+", ".*"))
                .toList();
    }

    private static Stream<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast);
    }

    @Test
    @Requires(Requirement.PROMETHEUS)
    void alertsAreWhatPrometheusReadsAndRingWhenTheyShould() throws IOException {
        Promtool checked =
                Promtool.run("", "check", "rules", FOLDER.resolve("alerts.yml").toString());
        assertThat(checked.status()).as(checked.output()).isZero();
        assertThat(checked.output()).contains("SUCCESS: 14 rules found");
        Promtool tested = Promtool.run(
                "", "test", "rules", FOLDER.resolve("alerts.test.yml").toString());
        assertThat(tested.status()).as(tested.output()).isZero();
    }

    @Test
    @Requires(Requirement.PROMETHEUS)
    void dashboardAsksWhatPrometheusUnderstands(@TempDir Path directory) throws IOException {
        StringBuilder rules = new StringBuilder("groups:\n  - name: dashboard\n    rules:\n");
        for (String expression : expressions()) {
            rules.append("      - record: asked:for\n        labels: {number: \"")
                    .append(rules.length());
            rules.append("\"}\n        expr: '").append(expression).append("'\n");
        }
        Path file = Files.writeString(directory.resolve("dashboard.yml"), rules);
        Promtool checked = Promtool.run("", "check", "rules", file.toString());
        assertThat(checked.status()).as(checked.output()).isZero();
        assertThat(expressions()).hasSizeGreaterThan(20);
    }

    @Test
    void speakOfMetricsThatAreListedInTheDocumentation() throws IOException {
        String page = Files.readString(FOLDER.resolveSibling("observability.md"));
        String alerts = Files.readAllLines(FOLDER.resolve("alerts.yml")).stream()
                .filter(line -> !line.contains("summary"))
                .collect(Collectors.joining("\n"));
        Set<String> unknown = new TreeSet<>();
        METRIC.matcher(alerts + String.join("\n", expressions()))
                .results()
                .map(found -> found.group().replaceAll("_(bucket|count|sum)$", ""))
                .filter(name -> !name.startsWith("rpc_service") && !name.startsWith("rpc_method"))
                .filter(name -> !page.contains("`" + name + "`"))
                .forEach(unknown::add);
        assertThat(unknown).isEmpty();
    }
}
