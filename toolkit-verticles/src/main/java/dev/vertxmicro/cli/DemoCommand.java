package dev.vertxmicro.cli;

import dev.vertxmicro.launcher.LaunchException;
import dev.vertxmicro.launcher.MicroLauncher;
import dev.vertxmicro.launcher.StrictCli;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.cli.annotations.Description;
import io.vertx.core.cli.annotations.Name;
import io.vertx.core.cli.annotations.Summary;
import io.vertx.core.spi.launcher.DefaultCommand;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Starts the greeter in a process of its own, calls it by name, and stops it. */
@Name("demo")
@Summary("Starts a service in its own process, calls it by name, stops it.")
@Description(
        "Runs examples.GreeterVerticle with conf/greeter.json in a process of its own, waits until it is registered,"
                + " calls Greeter.Hello through the registry, prints the answer and stops the process.")
public final class DemoCommand extends DefaultCommand {
    private static final String VERTICLE = "examples.GreeterVerticle";
    private static final String BODY = "{\"name\": \"John\"}";

    /** For the factory. */
    public DemoCommand() {}

    @Override
    public void run() {
        Path home = MicroLauncher.home()
                .orElseThrow(() -> LaunchException.usage(
                        "vertx demo: VERTX_MICRO_HOME is not set (expected: start it with" + " bin/vertx)"));
        Path conf = home.resolve("conf").resolve("greeter.json");
        List<String> flags = new ArrayList<>();
        StrictCli.microFlags(executionContext.commandLine())
                .forEach((flag, values) -> values.forEach(value -> flags.add("--" + flag + "=" + value)));
        List<String> command = new ArrayList<>(
                List.of(home.resolve("bin").resolve("vertx").toString(), "run", VERTICLE, "-conf", conf.toString()));
        command.addAll(flags);

        out.println(
                "$ vertx run " + VERTICLE + " -conf " + conf + (flags.isEmpty() ? "" : " " + String.join(" ", flags)));
        long start = System.nanoTime();
        try (DemoServer server = DemoServer.start(command, line -> out.println("  " + line))) {
            CallTarget target = new CallTarget("greeter", "Greeter.Hello", "", List.of(), Duration.ofSeconds(5));
            LoadPlan once = new LoadPlan.Builder().build("calls");
            CallSession session = CallSession.open(executionContext.commandLine(), conf.toString(), target, once);
            server.registered();
            long registered = System.nanoTime();
            out.println("$ vertx call greeter Greeter.Hello '" + BODY + "'");
            Buffer answer = session.once("application/json", Buffer.buffer(BODY));
            long answered = System.nanoTime();
            out.println(answer.toString(StandardCharsets.UTF_8).strip());
            int code = server.stop();
            out.printf(
                    "the service registered after %d ms, answered in %d ms and stopped in %d ms (SIGTERM, exit code %d)%n",
                    millis(start, registered), millis(registered, answered), millis(answered, System.nanoTime()), code);
            if (code != 0 && code != 143) {
                throw LaunchException.failed(
                        "vertx demo: the service ended with exit code " + code + " (expected: 0 or 143)");
            }
        }
        System.exit(0);
    }

    private static long millis(long from, long to) {
        return (to - from) / 1_000_000;
    }
}
