package dev.vertxmicro.bench.startup;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * From the start of the process to the first answered call: a service verticle and a bare Vert.x verticle, both by
 * a launcher with the same flags and class path, the greeter example as {@code bin/vertx run} starts it, and the bare verticle
 * without a launcher but with an archive ({@code cds}), in turn; then {@link CallBench} and
 * {@link PluginsBench}.
 */
public final class StartupBench {
    private static final PrintStream OUT = System.out;

    private StartupBench() {}

    /**
     * Measures and prints.
     *
     * @param args none; {@code bench.starts} (9), {@code bench.registry} (memory), {@code bench.vertx} (bin/vertx) and
     *     {@code bench.lib} (the jars of the distribution) change it; {@code bench.plugins} leaves all but plugins out
     * @throws Exception if one does not start or answers wrongly
     */
    public static void main(String[] args) throws Exception {
        int starts = Integer.getInteger("bench.starts", 9);
        String registry = System.getProperty("bench.registry", "memory");
        Path vertx = Path.of(System.getProperty("bench.vertx", "bin/vertx"));
        Path lib = Path.of(System.getProperty("bench.lib", "distribution/target/vertx-micro/lib"));
        if (Boolean.getBoolean("bench.plugins")) {
            PluginsBench.run(vertx, lib, starts, registry);
            return;
        }
        List<StartupContender> contenders = contenders(vertx);
        if (!Files.isDirectory(lib)) {
            OUT.println("no " + lib + ": calls are not measured (expected: bin/vertx version first)");
            run(contenders, starts, registry);
            return;
        }
        ArchivedProgram program = ArchivedProgram.of(BareProgram.class, List.of(), lib);
        Start.of(new StartupContender("training", "Greeter.Hello", program.training(StartupContender.CONF)), registry);
        contenders.add(new StartupContender("cds", "Greeter.Hello", program.command(StartupContender.CONF)));
        run(contenders, starts, registry);
        CallBench.run(vertx, lib, starts);
        PluginsBench.run(vertx, lib, starts, registry);
    }

    private static List<StartupContender> contenders(Path vertx) {
        List<StartupContender> contenders = new ArrayList<>();
        contenders.add(new StartupContender("ours", "Greeter.Hello", launcher(BenchGreeterVerticle.class)));
        contenders.add(new StartupContender("bare", "Greeter.Hello", launcher(BareVerticle.class)));
        if (Files.isExecutable(vertx)) {
            List<String> command =
                    List.of(vertx.toString(), "run", "examples.GreeterVerticle", "-conf", StartupContender.CONF);
            contenders.add(new StartupContender("vertx", "Greeter.Hello", command));
        } else {
            OUT.println("no " + vertx + ": not measured (expected: run from the root of the project)");
        }
        return contenders;
    }

    private static List<String> launcher(Class<?> verticle) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.vertxmicro.launcher.MicroLauncher",
                "run",
                verticle.getName(),
                "-conf",
                StartupContender.CONF);
    }

    static void run(List<StartupContender> contenders, int starts, String registry)
            throws IOException, InterruptedException {
        Map<String, List<Start>> results = new LinkedHashMap<>();
        for (StartupContender contender : contenders) {
            results.put(contender.name(), new ArrayList<>());
            Start.of(contender, registry); // files into the page cache, and the class-data archive made
        }
        for (int i = 0; i < starts; i++) {
            for (StartupContender contender : contenders) {
                results.getOrDefault(contender.name(), List.of()).add(Start.of(contender, registry));
            }
        }
        print(results);
    }

    private static void print(Map<String, List<Start>> results) {
        OUT.printf("%-6s %14s %15s %22s%n", "what", "first answer s", "min..max", "RSS MB, 1000 calls");
        results.forEach((name, starts) -> OUT.printf(
                Locale.ROOT,
                "%-6s %14.3f %7.3f..%6.3f %22.0f%n",
                name,
                quantile(starts, Start::seconds, 0.5),
                quantile(starts, Start::seconds, 0),
                quantile(starts, Start::seconds, 1),
                quantile(starts, Start::rssMb, 0.5)));
        double ours = quantile(results.getOrDefault("ours", List.of()), Start::seconds, 0.5);
        double bare = quantile(results.getOrDefault("bare", List.of()), Start::seconds, 0.5);
        goal("startup:ours/bare", ours / bare, 1.5);
        List<Start> vertx = results.getOrDefault("vertx", List.of());
        if (!vertx.isEmpty()) {
            goal("startup:vertx-seconds", quantile(vertx, Start::seconds, 0.5), 0.35);
            List<Start> archived = results.getOrDefault("cds", List.of());
            if (!archived.isEmpty()) {
                double least = quantile(archived, Start::seconds, 0.5);
                goal("startup:run/bare-archived", quantile(vertx, Start::seconds, 0.5) / least, 1.25);
            }
            goal("startup:vertx-rss-mb", quantile(vertx, Start::rssMb, 0.5), 120);
        }
    }

    static void goal(String name, double value, double goal) {
        OUT.printf(Locale.ROOT, "ratio %s %.2f goal <=%.2f%s%n", name, value, goal, value <= goal ? "" : " MISSED");
    }

    private static double quantile(List<Start> starts, ToDoubleFunction<Start> figure, double share) {
        double[] sorted = starts.stream().mapToDouble(figure).sorted().toArray();
        return sorted[(int) Math.round((sorted.length - 1) * share)];
    }
}
