package dev.vertxmicro.cli.demo;

import dev.vertxmicro.cli.call.CallSession;
import dev.vertxmicro.cli.call.TypedCall;
import dev.vertxmicro.cli.registry.RegistrySession;
import dev.vertxmicro.command.Command;
import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.command.Usage;
import dev.vertxmicro.launcher.MicroLauncher;
import dev.vertxmicro.launcher.overlay.Overlay;
import io.vertx.core.buffer.Buffer;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Starts the greeter in a process of its own, calls it by name, and stops it. */
public final class DemoCommand implements Command {
    private static final String VERTICLE = "examples.GreeterVerticle";
    private static final String BODY = "{\"name\": \"John\"}";

    /** For the table of commands. */
    public DemoCommand() {}

    @Override
    public Usage usage() {
        return Overlay.flags(Usage.named("demo", "Starts a service in its own process, calls it by name, stops it.")
                        .describedAs(
                                "Runs examples.GreeterVerticle with conf/greeter.json in a process of its own, waits"
                                        + " until it is registered, calls Greeter.Hello through the registry, prints the answer and"
                                        + " stops the process."))
                .build();
    }

    @Override
    public void run(CommandLine line) {
        PrintStream out = System.out;
        Path home = MicroLauncher.home()
                .orElseThrow(() -> LaunchException.usage(
                        "vertx demo: VERTX_MICRO_HOME is not set (expected: start it with" + " bin/vertx)"));
        Path conf = home.resolve("conf").resolve("greeter.json");
        List<String> flags = new ArrayList<>();
        line.usage().common().forEach(flag -> flags.addAll(line.words(flag)));
        List<String> command = new ArrayList<>(
                List.of(home.resolve("bin").resolve("vertx").toString(), "run", VERTICLE, "-conf", conf.toString()));
        command.addAll(flags);

        out.println(
                "$ vertx run " + VERTICLE + " -conf " + conf + (flags.isEmpty() ? "" : " " + String.join(" ", flags)));
        long start = System.nanoTime();
        try (DemoServer server = DemoServer.start(command, said -> out.println("  " + said))) {
            TypedCall target = new TypedCall("greeter", "Greeter.Hello", "", List.of(), Duration.ofSeconds(5));
            CallSession session =
                    CallSession.alone(RegistrySession.calling(line, Optional.of(conf.toString()), json -> {}), target);
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
    }

    private static long millis(long from, long to) {
        return (to - from) / 1_000_000;
    }
}
