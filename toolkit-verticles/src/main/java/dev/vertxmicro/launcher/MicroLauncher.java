package dev.vertxmicro.launcher;

import dev.vertxmicro.config.Nearest;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Launcher;
import io.vertx.core.Vertx;
import io.vertx.core.cli.CLI;
import io.vertx.core.cli.CLIException;
import io.vertx.core.spi.launcher.CommandFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The main class behind {@code bin/vertx}: Vert.x's launcher with our commands, errors in one line on standard error, and exit
 * codes that tell success from failure (0, 1 failed, 2 usage, 15 deployment).
 */
public final class MicroLauncher extends Launcher {
    private static final List<String> WITH_FLAGS = List.of("run", "start");
    /** Reading the annotations of every command costs more than running one: these are looked up alone. */
    private static final Map<String, String> ALONE = Map.of(
            "version", "dev.vertxmicro.launcher.PrintVersionCommandFactory",
            "run", "dev.vertxmicro.launcher.RunVerticleCommandFactory",
            "call", "dev.vertxmicro.cli.CallCommandFactory",
            "services", "dev.vertxmicro.cli.ServicesCommandFactory",
            "describe", "dev.vertxmicro.cli.DescribeCommandFactory",
            "watch", "dev.vertxmicro.cli.WatchCommandFactory",
            "publish", "dev.vertxmicro.cli.PublishCommandFactory",
            "subscribe", "dev.vertxmicro.cli.SubscribeCommandFactory",
            "demo", "dev.vertxmicro.cli.DemoCommandFactory");

    /** For {@link #main}. */
    public MicroLauncher() {}

    @Override
    protected void load() {
        // on demand, see known
    }

    /** Finds a command; all of them if it is none of those that are looked up alone. */
    private boolean known(String command) {
        if (!commandByName.containsKey(command)) {
            String factory = ALONE.get(command);
            if (factory == null) {
                super.load();
            } else {
                register(create(factory));
            }
        }
        return commandByName.containsKey(command);
    }

    private static CommandFactory<?> create(String factory) {
        try {
            return Class.forName(factory)
                    .asSubclass(CommandFactory.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(factory + ": " + e, e);
        }
    }

    @Override
    public void dispatch(Object main, String[] args) {
        if (args.length == 0 || !known(args[0])) {
            super.load();
        }
        super.dispatch(main, args);
    }

    @Override
    protected @Nullable String getMainVerticle() {
        return null; // a manifest says nothing here: the class path is the user's
    }

    @Override
    protected @Nullable String getCommandFromManifest() {
        return null;
    }

    /**
     * Runs a command.
     *
     * @param args the command and its arguments
     */
    public static void main(String[] args) {
        property("vertx.cli.usage.prefix", "vertx");
        property("java.util.logging.manager", LastingLogs.class.getName());
        home().map(home -> home.resolve("conf").resolve("logging.properties"))
                .filter(Files::isRegularFile)
                .ifPresent(file -> property("java.util.logging.config.file", file.toString()));
        try {
            new MicroLauncher().dispatch(args);
        } catch (LaunchException e) {
            exit(e);
        }
    }

    private static void property(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }

    /**
     * Gives the directory of the distribution, which {@code bin/vertx} passes in {@code VERTX_MICRO_HOME}.
     *
     * @return the directory with bin, lib and conf, or empty when started otherwise
     */
    public static Optional<Path> home() {
        return Optional.ofNullable(System.getenv("VERTX_MICRO_HOME"))
                .filter(home -> !home.isEmpty())
                .map(Path::of);
    }

    /**
     * Ends the process: what went wrong on standard error, the exit code to the shell. Does not return.
     *
     * @param failure what went wrong
     */
    public static void exit(LaunchException failure) {
        String message = String.valueOf(failure.getMessage());
        if (!message.isEmpty()) {
            System.err.println(message);
        }
        System.exit(failure.exitCode());
    }

    @Override
    public void execute(@Nullable String command, String... arguments) {
        if (command != null && !known(command)) {
            super.load();
        }
        if (command == null || !command.equals("start") || asksForHelp(arguments)) {
            super.execute(command, arguments);
            return;
        }
        List<String> typed = new ArrayList<>(Arrays.asList(arguments));
        if (typed.stream().noneMatch(argument -> argument.startsWith("--launcher-class"))) {
            typed.add(0, "--launcher-class=" + MicroLauncher.class.getName());
        }
        super.execute(command, typed.toArray(new String[0]));
    }

    private static boolean asksForHelp(String... arguments) {
        return arguments.length > 0 && isAskingForHelp(arguments[0]);
    }

    @Override
    protected void printCommandNotFound(String command) {
        String nearest = Nearest.of(command, getCommandNames())
                .map(found -> " (nearest known: " + found + ")")
                .orElse("");
        throw LaunchException.usage("vertx " + command + ": unknown command" + nearest + "; see vertx --help");
    }

    @Override
    protected void printGenericExecutionError(CLI cli, CLIException error) {
        Throwable cause = error.getCause();
        while (cause != null) {
            if (cause instanceof LaunchException launch) {
                throw launch;
            }
            cause = cause.getCause();
        }
        throw LaunchException.usage(
                "vertx " + cli.getName() + ": " + error.getMessage() + "; see vertx " + cli.getName() + " --help");
    }

    @Override
    protected void printSpecificException(CLI cli, Exception error) {
        throw LaunchException.usage(
                "vertx " + cli.getName() + ": " + error.getMessage() + "; see vertx " + cli.getName() + " --help");
    }

    @Override
    protected void printCommandUsage(CLI cli) {
        super.printCommandUsage(cli);
        boolean flags = cli instanceof StrictCli strict && strict.takesMicroFlags();
        if (!flags && !WITH_FLAGS.contains(cli.getName())) {
            return;
        }
        StringBuilder text = new StringBuilder("go-micro's flags (or the variable MICRO_... of the same name):\n");
        for (MicroFlag flag : MicroFlag.values()) {
            text.append(String.format(" --%-26s %s%n", flag.flag(), flag.description()));
        }
        getPrintStream().println(text);
    }

    @Override
    protected void printGlobalUsage() {
        super.printGlobalUsage();
        getPrintStream()
                .println(
                        """
                        Examples:
                          vertx demo                                   start a service, call it, stop it
                          vertx run examples.GreeterVerticle -conf conf/greeter.json
                          vertx run my.Verticle -conf my.json -cp my.jar --registry=consul --register_ttl=10
                          vertx call greeter Greeter.Hello '{"name": "John"}'
                          vertx services                               what there is; describe NAME, watch
                          vertx subscribe news                         prints what vertx publish news '{}' publishes
                        """);
    }

    @Override
    public void afterStartingVertx(Vertx vertx) {
        UnhandledExceptions.of(vertx);
    }

    @Override
    public void handleDeployFailed(Vertx vertx, String verticle, DeploymentOptions options, Throwable cause) {
        LaunchException failure = LaunchException.deployment(verticle + ": " + cause.getMessage());
        closeAndExit(vertx, failure);
    }

    /**
     * Closes Vert.x, then ends the process; leaves it to the signal that stops the process already. Exit waits for the shutdown
     * hooks, and those for the event loops: so it runs on a thread that nobody waits for.
     */
    static void closeAndExit(Vertx vertx, LaunchException failure) {
        vertx.close().onComplete(closed -> {
            if (!shuttingDown()) {
                new Thread(() -> exit(failure), "exit").start();
            }
        });
    }

    private static boolean shuttingDown() {
        Thread probe = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }
}
