package dev.vertxmicro.launcher.process;

import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.launcher.MicroLauncher;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A process that {@code vertx start} made, known by the {@code -Dvertx.id=} on its command line.
 *
 * @param id      what it is called
 * @param details what it runs, as far as its command line tells
 * @param handle  the process
 */
public record BackgroundProcess(String id, String details, ProcessHandle handle) {
    private static final String MARK = "-Dvertx.id=";
    /** Exit code of Vert.x's launcher for a process that cannot be found, started or stopped. */
    static final int FAILED = 12;

    /** Finds those that run, of them that the system shows us. */
    public static List<BackgroundProcess> all() {
        Map<Long, BackgroundProcess> found = new TreeMap<>();
        ProcessHandle.allProcesses().flatMap(BackgroundProcess::of).forEach(each -> found.put(each.handle.pid(), each));
        // a shell that starts one forks for a moment
        return found.values().stream()
                .filter(each -> each.handle.parent().map(parent -> found.get(parent.pid())).stream()
                        .noneMatch(parent -> parent.id.equals(each.id)))
                .toList();
    }

    private static Stream<BackgroundProcess> of(ProcessHandle handle) {
        List<String> words = words(handle);
        return words.stream()
                .filter(word -> word.startsWith(MARK))
                .map(word -> new BackgroundProcess(word.substring(MARK.length()), details(words), handle))
                .limit(1);
    }

    /** Reads the command line where the kernel shows it: the JDK gives up at 4 KiB, which a class path exceeds. */
    private static List<String> words(ProcessHandle handle) {
        Path file = Path.of("/proc", Long.toString(handle.pid()), "cmdline");
        try {
            return List.of(Files.readString(file, StandardCharsets.UTF_8).split("\0"));
        } catch (IOException none) {
            return handle.info().arguments().map(Arrays::asList).orElse(List.of());
        }
    }

    private static String details(List<String> words) {
        int jar = words.indexOf("-jar");
        int run = words.lastIndexOf("run");
        int at = jar >= 0 ? jar : run;
        return at >= 0 && at + 1 < words.size() ? words.get(at + 1) : "";
    }

    /** Starts one: by {@code bin/vertx}, with its archive, unless another launcher or no distribution is there. */
    public static Process start(String id, List<String> words, ProcessBuilder.Redirect output, CommandLine line) {
        boolean own = line.usage().flag("launcher-class").isEmpty() || !line.has("launcher-class");
        Optional<Path> script = MicroLauncher.home()
                .map(home -> home.resolve("bin").resolve("vertx"))
                .filter(Files::isExecutable)
                .filter(file -> own);
        Optional<String> options =
                line.usage().flag("java-opts").isEmpty() ? Optional.empty() : line.value("java-opts");
        List<String> command = new ArrayList<>();
        if (script.isPresent()) {
            command.add(script.get().toString());
        } else {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            Stream.of(options.orElse(System.getenv().getOrDefault("JAVA_OPTS", ""))
                            .split("\\s+"))
                    .filter(word -> !word.isEmpty())
                    .forEach(command::add);
            command.add(own ? MicroLauncher.class.getName() : line.value("launcher-class", ""));
        }
        command.addAll(words);
        command.add(MARK + id);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output)
                .redirectError(output);
        Map<String, String> environment = builder.environment();
        environment.put("CLASSPATH", classPath(script.isPresent()));
        options.ifPresent(typed -> environment.put("JAVA_OPTS", typed));
        try {
            return builder.start();
        } catch (IOException e) {
            throw LaunchException.of(FAILED, "vertx " + line.usage().name() + ": " + e.getMessage());
        }
    }

    /** Gives our own class path; without the distribution's jars for the script, which adds them. */
    private static String classPath(boolean script) {
        String all = System.getProperty("java.class.path", "");
        Optional<String> lib = Optional.ofNullable(System.getenv("VERTX_MICRO_LIB"));
        if (!script || lib.isEmpty()) {
            return all;
        }
        return Arrays.stream(all.split(File.pathSeparator, -1))
                .filter(entry -> !entry.startsWith(lib.get() + "/"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
