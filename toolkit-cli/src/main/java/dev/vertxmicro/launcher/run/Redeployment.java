package dev.vertxmicro.launcher.run;

import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.command.Stopping;
import dev.vertxmicro.launcher.LastingLogs;
import dev.vertxmicro.launcher.process.BackgroundProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs a service in a process of its own, and anew whenever one of the watched files changes: {@code vertx run --redeploy}. */
final class Redeployment {
    private static final System.Logger LOG = System.getLogger(Redeployment.class.getName());
    private static final int LONGEST_SECONDS = 120;
    private static final Set<String> OWN = Set.of(
            "redeploy", "on-redeploy", "redeploy-scan-period", "redeploy-grace-period", "redeploy-termination-period");

    private final CommandLine line;
    private final WatchedFiles files;
    private final long scanMillis;
    private final long graceMillis;
    private final long pauseMillis;
    private @Nullable Process process;
    private boolean stopped;

    Redeployment(CommandLine line) {
        this.line = line;
        this.files = new WatchedFiles(
                Path.of(line.value("cwd", "")),
                List.of(line.value("redeploy", "").split(",")));
        this.scanMillis = line.number("redeploy-scan-period", 250, 1);
        this.graceMillis = line.number("redeploy-grace-period", 1000, 0);
        this.pauseMillis = line.number("redeploy-termination-period", 0, 0);
    }

    /** Starts it and watches, until the process is stopped. */
    void watch() {
        LastingLogs.last();
        LOG.log(System.Logger.Level.INFO, "Watched paths: " + files);
        Stopping.waitsFor("the service to stop", this::stop);
        LOG.log(System.Logger.Level.INFO, "Starting the vert.x application in redeploy mode");
        start();
        try {
            long changed = 0;
            while (true) {
                TimeUnit.MILLISECONDS.sleep(scanMillis);
                long now = System.nanoTime();
                if (files.changed()) {
                    changed = now;
                } else if (changed != 0 && now - changed >= TimeUnit.MILLISECONDS.toNanos(graceMillis)) {
                    changed = 0;
                    redeploy();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void redeploy() throws InterruptedException {
        long begin = System.nanoTime();
        LOG.log(System.Logger.Level.INFO, "Redeploying!");
        end();
        TimeUnit.MILLISECONDS.sleep(pauseMillis);
        line.value("on-redeploy").ifPresent(Redeployment::execute);
        start();
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        LOG.log(System.Logger.Level.INFO, "Redeployment done in " + millis + " ms.");
    }

    private synchronized void start() {
        if (!stopped) {
            process = BackgroundProcess.start(
                    UUID.randomUUID() + "-redeploy", words(), ProcessBuilder.Redirect.INHERIT, line);
        }
    }

    /** Gives the command line without what concerns the redeployment. */
    private List<String> words() {
        List<String> words = new ArrayList<>(List.of("run"));
        line.usage().flags().stream()
                .filter(flag -> !OWN.contains(flag.name()))
                .forEach(flag -> words.addAll(line.words(flag)));
        line.usage().common().forEach(flag -> words.addAll(line.words(flag)));
        words.add(line.argument(RunVerticleCommand.MAIN));
        return words;
    }

    private synchronized void stop() {
        stopped = true;
        end();
    }

    private synchronized void end() {
        Process running = process;
        if (running == null) {
            return;
        }
        running.toHandle().destroy();
        try {
            if (!running.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                running.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process = null;
    }

    private static void execute(String command) {
        try {
            int status = new ProcessBuilder("sh", "-c", command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .start()
                    .waitFor();
            LOG.log(System.Logger.Level.INFO, "User command terminated with status " + status);
        } catch (IOException e) {
            throw LaunchException.failed("--on-redeploy: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
