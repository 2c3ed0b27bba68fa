package dev.vertxmicro.bench.unary.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Ties event-loop threads, and only them, to a processor: a JVM tied as a whole takes itself for a smaller machine and
 * chooses another garbage collector.
 */
public final class Pinning {
    private Pinning() {}

    /**
     * Ties the threads of this name.
     *
     * @param pid  the process
     * @param name as the kernel keeps it, 15 characters at most
     * @param cpu  the processor
     * @return whether there were such threads and all are tied
     */
    public static boolean pin(long pid, String name, int cpu) throws IOException, InterruptedException {
        List<String> threads;
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            threads = tasks.filter(task -> isNamed(task, name))
                    .map(task -> task.getFileName().toString())
                    .toList();
        } catch (IOException noProc) {
            return false;
        }
        boolean all = !threads.isEmpty();
        for (String thread : threads) {
            all &= pin(thread, cpu);
        }
        return all;
    }

    private static boolean isNamed(Path task, String name) {
        try {
            return Files.readString(task.resolve("comm")).startsWith(name);
        } catch (IOException gone) {
            return false;
        }
    }

    private static boolean pin(String thread, int cpu) throws InterruptedException {
        try {
            Process taskset = new ProcessBuilder("taskset", "-p", "-c", Integer.toString(cpu), thread)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return taskset.waitFor(5, TimeUnit.SECONDS) && taskset.exitValue() == 0;
        } catch (IOException noTaskset) {
            return false;
        }
    }
}
