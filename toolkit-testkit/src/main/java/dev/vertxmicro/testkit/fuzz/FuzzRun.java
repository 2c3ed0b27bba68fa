package dev.vertxmicro.testkit.fuzz;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One target under Jazzer in a JVM of its own with a small heap, for some seconds. */
final class FuzzRun {
    private static final Path ROOT = Path.of("target", "fuzz");
    private static final int HEAP_MIB = 256;
    private static final int SECONDS_PER_INPUT = 30;
    private static final int MAX_INPUT = 4096;
    /** Below it a quick start of Jazzer matters more than quick inputs: half of its time is compiling. */
    private static final int LONG_SECONDS = 60;

    private static final List<String> NOT_NEEDED =
            List.of("/org/junit/", "/hazelcast", "/net/bytebuddy/", "/archunit", "/assertj", "/kotlin");

    private static final Pattern UNITS = Pattern.compile("stat::number_of_executed_units: *(\\d+)");
    private static final Pattern FINDING =
            Pattern.compile("(?m)^== (Java Exception: .*|libFuzzer .*)$|^==\\d+== (ERROR: .*)$");

    /** What came of it: a line of the table, and the finding if there is one. */
    record Result(String target, long executions, long perSecond, String finding, Path log) {
        String line() {
            return String.format(
                    Locale.ROOT,
                    "%-24s %12d %10d  %s",
                    target,
                    executions,
                    perSecond,
                    finding.isEmpty() ? "0" : finding + " (" + log + ")");
        }
    }

    private FuzzRun() {}

    static String name(Class<? extends FuzzTarget> target) {
        return target.getSimpleName().replace("Target", "");
    }

    static Result of(Class<? extends FuzzTarget> target, int seconds) {
        String name = name(target);
        try {
            Path directory = ROOT.resolve(name);
            Path corpus = Files.createDirectories(directory.resolve("corpus"));
            Path seeds = Files.createDirectories(directory.resolve("seeds"));
            int number = 0;
            for (byte[] seed : target.getConstructor().newInstance().seeds()) {
                // The driver tries all of them; to change large ones is slow and finds little.
                if (seed.length <= MAX_INPUT) {
                    Files.write(seeds.resolve("seed" + number++), seed);
                }
            }
            Path log = directory.resolve("log");
            Process process = start(target, seconds, directory, log, corpus, seeds);
            try {
                if (!process.waitFor(seconds + 120L, TimeUnit.SECONDS)) {
                    return new Result(name, 0, 0, "does not end", log);
                }
            } finally {
                process.destroyForcibly();
            }
            return read(name, process.exitValue(), seconds, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(target.getName(), e);
        }
    }

    private static Process start(Class<?> target, int seconds, Path directory, Path log, Path corpus, Path seeds)
            throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MIB + "m",
                "-XX:+UseSerialGC",
                "-XX:-OmitStackTraceInFastThrow",
                "-XX:TieredStopAtLevel=" + (seconds < LONG_SECONDS ? 1 : 4),
                "-cp",
                classPath(),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + FuzzDriver.class.getName(),
                "--target_args=" + target.getName(),
                "--instrumentation_includes=dev.vertxmicro.**:org.xbill.DNS.**:com.fasterxml.jackson.core.**",
                "--custom_hook_includes=none.**",
                "--reproducer_path=" + directory,
                "-artifact_prefix=" + directory + "/",
                "-max_total_time=" + seconds,
                "-seed=" + (seconds < LONG_SECONDS ? 1 : 0), // 0: another each time
                "-timeout=" + SECONDS_PER_INPUT,
                "-max_len=" + MAX_INPUT,
                "-print_final_stats=1",
                corpus.toString(),
                seeds.toString());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** Without JUnit, whose tests Jazzer would look for, and without what is large and never decodes: Jazzer reads all of it. */
    private static String classPath() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(all.split(File.pathSeparator))
                .filter(entry -> NOT_NEEDED.stream()
                        .noneMatch(part -> entry.replace('\\', '/').contains(part)))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Result read(String name, int exit, int seconds, Path log) throws IOException {
        String text = Files.readString(log, StandardCharsets.ISO_8859_1);
        Matcher units = UNITS.matcher(text);
        long executions = units.find() ? Long.parseLong(units.group(1)) : 0;
        Matcher found = FINDING.matcher(text);
        String finding = found.find() ? String.valueOf(found.group()) : exit == 0 ? "" : "exit code " + exit;
        return new Result(name, executions, executions / seconds, finding, log);
    }
}
