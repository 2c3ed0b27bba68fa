package dev.vertxmicro.bench.startup;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What plugins cost a process that does not use them: the greeter example by {@code bin/vertx run}, once with all jars of the
 * distribution and once with those alone that it uses, each with a class-data archive of its own, in pairs whose order changes.
 */
final class PluginsBench {
    private static final PrintStream OUT = System.out;
    /** What a greeter with the default types uses, the launcher included. */
    private static final Pattern USED = Pattern.compile(
            "(toolkit-(cli|core|engine|verticles|transport-http|registry-mdns|broker-http|eventbus)|examples-java|HdrHistogram"
                    + "|dnsjava|jspecify|jackson-\\w+|protobuf-java(-util)?|slf4j-\\w+|vertx-core(-logging)?|netty-(?!codec-mqtt)[a-z0-9-]+?)"
                    + "-\\d.*\\.jar");
    /** A difference of less than this many starts is one of chance. */
    private static final int LEAST = 25;

    private PluginsBench() {}

    /** Measures and prints; {@code vertx} is the script, {@code lib} the jars of the distribution. */
    static void run(Path vertx, Path lib, int starts, String registry) throws IOException, InterruptedException {
        Path homes = Files.createTempDirectory("plugins");
        StartupContender all = contender("all", home(homes.resolve("all"), vertx, lib, Pattern.compile(".*")));
        StartupContender used = contender("used", home(homes.resolve("used"), vertx, lib, USED));
        for (StartupContender each : List.of(all, used, all, used)) {
            Start.of(each, registry); // files into the page cache, and the class-data archive made
        }
        List<Start> ofAll = new ArrayList<>();
        List<Start> ofUsed = new ArrayList<>();
        int pairs = Math.max(LEAST, starts);
        for (int i = 0; i < pairs; i++) {
            if (i % 2 == 0) {
                ofAll.add(Start.of(all, registry));
            }
            ofUsed.add(Start.of(used, registry));
            if (i % 2 != 0) {
                ofAll.add(Start.of(all, registry));
            }
        }
        OUT.printf("%-8s %6s %14s %15s %22s%n", "plugins", "jars", "first answer s", "min..max", "RSS MB, 1000 calls");
        print("all", jars(homes.resolve("all")), ofAll);
        print("used", jars(homes.resolve("used")), ofUsed);
        StartupBench.goal("startup:plugins-seconds", ratio(ofAll, ofUsed, Start::seconds), 1.03);
        StartupBench.goal("startup:plugins-rss", ratio(ofAll, ofUsed, Start::rssMb), 1.03);
    }

    private static StartupContender contender(String name, Path home) {
        List<String> command = List.of(
                home.resolve("bin/vertx").toString(),
                "run",
                "examples.GreeterVerticle",
                "-conf",
                StartupContender.CONF);
        return new StartupContender(name, "Greeter.Hello", command);
    }

    /** A distribution with some of the jars. */
    private static Path home(Path home, Path vertx, Path lib, Pattern taken) throws IOException {
        Path bin = Files.createDirectories(home.resolve("bin")).resolve("vertx");
        Files.copy(vertx, bin);
        bin.toFile().setExecutable(true);
        Files.createSymbolicLink(
                home.resolve("conf"),
                vertx.toAbsolutePath().resolve("../../conf").normalize());
        Path own = Files.createDirectories(home.resolve("lib"));
        try (Stream<Path> jars = Files.list(lib)) {
            for (Path jar : jars.toList()) {
                if (taken.matcher(jar.getFileName().toString()).matches()) {
                    Files.copy(jar, own.resolve(jar.getFileName()));
                }
            }
        }
        return home;
    }

    private static long jars(Path home) throws IOException {
        try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
            return jars.count();
        }
    }

    private static void print(String name, long jars, List<Start> starts) {
        double[] seconds = sorted(starts, Start::seconds);
        OUT.printf(
                Locale.ROOT,
                "%-8s %6d %14.3f %7.3f..%6.3f %22.1f%n",
                name,
                jars,
                median(seconds),
                seconds[0],
                seconds[seconds.length - 1],
                median(sorted(starts, Start::rssMb)));
    }

    /** The median of the ratios within the pairs, in which the machine was in one state. */
    private static double ratio(List<Start> all, List<Start> used, ToDoubleFunction<Start> figure) {
        double[] ratios = new double[all.size()];
        Arrays.setAll(ratios, i -> figure.applyAsDouble(all.get(i)) / figure.applyAsDouble(used.get(i)));
        Arrays.sort(ratios);
        return median(ratios);
    }

    private static double[] sorted(List<Start> starts, ToDoubleFunction<Start> figure) {
        return starts.stream().mapToDouble(figure).sorted().toArray();
    }

    private static double median(double[] sorted) {
        return sorted[sorted.length / 2];
    }
}
