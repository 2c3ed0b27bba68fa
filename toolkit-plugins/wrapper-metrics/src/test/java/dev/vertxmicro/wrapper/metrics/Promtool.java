package dev.vertxmicro.wrapper.metrics;

import dev.vertxmicro.testkit.program.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Prometheus' tool, which checks rules and metrics. */
record Promtool(int status, String output) {

    static Promtool run(String input, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Requirement.program("promtool").orElseThrow().toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var standardInput = process.getOutputStream()) {
            standardInput.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Promtool(process.waitFor(), output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
