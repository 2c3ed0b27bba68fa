package dev.vertxmicro.bench.startup;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * From the start of the process to its end: {@code vertx call} with an address and by name, and one POST of Vert.x's HTTP client, all
 * with an archive, in turn. They call the greeter that {@code bin/vertx run} serves; mDNS stays on the loopback interface.
 */
final class CallBench {
    private static final PrintStream OUT = System.out;
    private static final String BODY = "{\"name\": \"John\"}";
    private static final String ANSWER = "{\"greeting\":\"Hello John\"}";

    private CallBench() {}

    static void run(Path vertx, Path lib, int starts) throws IOException, InterruptedException {
        int port = Start.freePort();
        Path conf = Files.createTempFile("called", ".json");
        Files.writeString(
                conf,
                "{\"service\":{\"name\":\"greeter\"},\"server\":{\"address\":\"127.0.0.1:" + port
                        + "\"},\"registry\":{\"type\":\"mdns\",\"mdns\":{\"address\":\"239.255.77.7:15377\","
                        + "\"interfaces\":[\"lo\"]}}}");
        Process server =
                Start.process(List.of(vertx.toString(), "run", "examples.GreeterVerticle", "-conf", conf.toString()));
        try {
            Start.connect(server, port, System.nanoTime()).close();
            ArchivedProgram post = ArchivedProgram.of(BarePost.class, ArchivedProgram.OF_COMMANDS, lib);
            seconds(post.training(Integer.toString(port), BODY));
            Map<String, List<String>> commands = new LinkedHashMap<>();
            commands.put("post", post.command(Integer.toString(port), BODY));
            List<String> call = List.of(vertx.toString(), "call", "greeter", "Greeter.Hello", BODY);
            commands.put("address", with(call, "--address", "127.0.0.1:" + port));
            commands.put("name", with(call, "-conf", conf.toString()));
            print(measured(commands, starts));
        } finally {
            server.destroy();
            if (!server.waitFor(10, TimeUnit.SECONDS)) {
                server.destroyForcibly().waitFor();
            }
            Files.delete(conf);
        }
    }

    private static List<String> with(List<String> command, String... further) {
        List<String> all = new ArrayList<>(command);
        all.addAll(Arrays.asList(further));
        return all;
    }

    private static Map<String, double[]> measured(Map<String, List<String>> commands, int starts)
            throws IOException, InterruptedException {
        Map<String, double[]> seconds = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> command : commands.entrySet()) {
            seconds.put(command.getKey(), new double[starts]);
            seconds(command.getValue()); // files into the page cache
        }
        for (int i = 0; i < starts; i++) {
            for (Map.Entry<String, List<String>> command : commands.entrySet()) {
                double taken = seconds(command.getValue());
                double[] all = seconds.get(command.getKey());
                if (all != null) {
                    all[i] = taken;
                }
            }
        }
        seconds.values().forEach(Arrays::sort);
        return seconds;
    }

    /** Runs a command to its end and checks its answer. */
    private static double seconds(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        Start.cleaned(builder);
        long begin = System.nanoTime();
        Process process = builder.start();
        process.getOutputStream().close();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int code = process.waitFor();
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (code != 0 || !answer.equals(ANSWER)) {
            throw new IOException(
                    command + ": exit code " + code + ", \"" + answer + "\" (expected: 0, " + ANSWER + ")");
        }
        return seconds;
    }

    private static void print(Map<String, double[]> seconds) {
        OUT.printf("%-8s %10s %15s%n", "call", "whole s", "min..max");
        seconds.forEach((name, sorted) -> OUT.printf(
                Locale.ROOT, "%-8s %10.3f %7.3f..%6.3f%n", name, median(sorted), sorted[0], sorted[sorted.length - 1]));
        double post = median(seconds.getOrDefault("post", new double[1]));
        StartupBench.goal(
                "startup:call-address/post", median(seconds.getOrDefault("address", new double[1])) / post, 1.15);
        StartupBench.goal("startup:call-name/post", median(seconds.getOrDefault("name", new double[1])) / post, 1.35);
    }

    private static double median(double[] sorted) {
        return sorted[sorted.length / 2];
    }
}
