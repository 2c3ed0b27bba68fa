package dev.vertxmicro.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.launcher.VertxHome.Result;
import dev.vertxmicro.launcher.VertxHome.Running;
import dev.vertxmicro.launcher.process.BackgroundProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Processes that are stopped, and those in the background. */
class ProcessCommandsTest {
    private static final String VERTICLE = PatientVerticle.class.getName();
    private static final String LOCAL =
            "{\"service\":{\"name\":\"patient\"},\"registry\":{\"type\":\"memory\"},\"server\":{\"address\":\"127.0.0.1:0\"}}";
    private static final String NEVER_STARTED =
            LOCAL.replace("\"server\"", "\"app\":{\"startMillis\":600000},\"server\"");

    private final VertxHome vertx = VertxHome.shared();

    @TempDir
    Path directory;

    @Test
    void firstCtrlCSaysWhatItWaitsForAndTheSecondEndsAtOnce() throws Exception {
        try (Running service = vertx.start("run", VERTICLE, "-conf", NEVER_STARTED)) {
            service.await("starting begins");
            service.interrupt();
            assertThat(service.await("stopping: waiting for "))
                    .isEqualTo(VERTICLE + " to leave the registry and to answer the calls that run, 10s at most"
                            + " (Ctrl-C again ends at once)");
            service.interrupt();
            assertThat(service.exitCode()).isEqualTo(130);
        }
    }

    @Test
    void ctrlCEndsACommandWith130() throws Exception {
        try (Running watch = vertx.start("watch", "--registry=memory")) {
            watch.await("watching all services");
            watch.interrupt();
            assertThat(watch.exitCode()).isEqualTo(130);
        }
        try (Running subscriber = vertx.start("subscribe", "news", "--broker=memory", "--registry=memory")) {
            subscriber.await("subscribed to news");
            subscriber.interrupt();
            subscriber.await("stopping: waiting for the broker to be left");
            assertThat(subscriber.exitCode()).isEqualTo(130);
        }
    }

    @Test
    void startsListsAndStopsAProcess() throws Exception {
        String id = "test-" + UUID.randomUUID();
        Result started = vertx.run("start", VERTICLE, "-conf", LOCAL, "-id", id, "--java-opts", "-Xmx64m");
        assertThat(started).isEqualTo(new Result(0, "Starting vert.x application...\n" + id + "\n", ""));
        BackgroundProcess process = BackgroundProcess.all().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
        try {
            assertThat(vertx.run("list").out())
                    .startsWith("Listing vert.x applications...\n")
                    .contains(id + "\t" + VERTICLE + "\n");
            Result again = vertx.run("start", VERTICLE, "-id", id);
            assertThat(again.err())
                    .startsWith("--vertx-id: \"" + id + "\" (expected: ")
                    .hasLineCount(1);
            assertThat(again.exitCode()).isEqualTo(2);
            assertThat(vertx.run("stop", id).out())
                    .isEqualTo("Stopping vert.x application '" + id + "'\nApplication '" + id
                            + "' terminated with status 0\n");
            process.handle().onExit().get(30, TimeUnit.SECONDS);
        } finally {
            process.handle().destroyForcibly();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "start x.Y --registri=x | 2 | --registri: unknown flag (nearest known: --registry); see vertx run --help",
                "start | 2 | vertx run: no main-verticle; see vertx run --help",
                "stop nope-there-is-none | 12 | Cannot find process for application using the id 'nope-there-is-none'.",
                "run x.Y --cluster-port=1 | 15 | x.Y: no such verticle (expected: a class on the class path; add a jar or directory with -cp)",
                "run java:dev.vertxmicro.launcher.PatientVerticle --quorum=1 | 2 | --quorum: without --ha (expected: both)",
                "run dev.vertxmicro.launcher.PatientVerticle -instances=0 | 2 | --instances: 0 (expected: a whole number >= 1)",
            })
    void refusesABadCommandLine(String line, int exitCode, String message) {
        Result result = vertx.run(line.split(" "));
        assertThat(result.err()).isEqualTo(message + "\n");
        assertThat(result.exitCode()).isEqualTo(exitCode);
    }

    @Test
    void redeploysWhenAWatchedFileChanges() throws IOException, InterruptedException {
        Path watched = Files.writeString(directory.resolve("a.txt"), "1");
        ProcessBuilder builder = vertx.process(
                        "run",
                        VERTICLE,
                        "-conf",
                        LOCAL,
                        "--redeploy=**/*.txt",
                        "--redeploy-scan-period=20",
                        "--redeploy-grace-period=20",
                        "--on-redeploy=echo between")
                .directory(directory.toFile());
        try (Running developer = vertx.start(builder)) {
            developer.await("Watched paths: [" + directory.toRealPath());
            developer.await("Registering node");
            Files.writeString(watched, "22");
            developer.await("Redeploying!");
            developer.await("Deregistering node");
            developer.await("between");
            developer.await("Registering node");
            developer.interrupt();
            developer.await("stopping: waiting for the service to stop");
            assertThat(developer.exitCode()).isEqualTo(130);
        }
    }
}
