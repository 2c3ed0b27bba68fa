package dev.vertxmicro.launcher.run;

import dev.vertxmicro.command.Command;
import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.Flag;
import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.command.Usage;
import dev.vertxmicro.config.ConfigException;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.launcher.LastingLogs;
import dev.vertxmicro.launcher.UserClasses;
import dev.vertxmicro.launcher.overlay.ConfigFile;
import dev.vertxmicro.launcher.overlay.MicroFlag;
import dev.vertxmicro.launcher.overlay.Overlay;
import dev.vertxmicro.launcher.plan.Plan;
import dev.vertxmicro.launcher.start.OptionProperties;
import dev.vertxmicro.launcher.start.VertxFlags;
import dev.vertxmicro.launcher.start.VertxStart;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Runs verticles as Vert.x's {@code run} does, after checking all that can be checked. */
public final class RunVerticleCommand implements Command {
    private static final System.Logger LOG = System.getLogger(RunVerticleCommand.class.getName());
    private static final Pattern NAME = Pattern.compile("[\\w$./]+");
    private static final int DEEPEST = 20;
    static final String MAIN = "main-verticle";

    /** For the table of commands. */
    public RunVerticleCommand() {}

    @Override
    public Usage usage() {
        Usage.Builder usage = Usage.named("run", "Runs a verticle, service:NAME or a topology file.")
                .describedAs(
                        "Runs a verticle (a class), service:NAME (as NAME.service.json says) or a topology (a .json"
                                + " file with a list of verticles) until it is stopped by SIGTERM or Ctrl-C. go-micro's"
                                + " flags and MICRO_* variables are laid over the descriptor.")
                .argument(MAIN, "A class, service:NAME, or a topology file.")
                .flag("conf", "config", "The descriptor: a JSON file, or JSON itself.")
                .flag("instances", "number", "Instances of the verticle, each on its event loop (default 1).")
                .toggle("worker", "Runs the verticle on worker threads.")
                .flag("node", "name", "With a topology of several processes: which of them this one is.")
                .toggle("dry-run", "Prints what would run, with all defaults, and starts nothing.")
                .toggle("cluster", "Joins the cluster of Vert.x.")
                .toggle("ha", "Joins the cluster; another member takes the verticle over when this one dies.");
        return redeploying(VertxFlags.on(usage))
                .common(MicroFlag.flags(), MicroFlag.REFUSED)
                .build();
    }

    private static Usage.Builder redeploying(Usage.Builder usage) {
        return usage.flag(
                        "redeploy",
                        "patterns",
                        "Runs it in a process of its own, anew when one of these files changes.")
                .add(new Flag(
                        "on-redeploy",
                        "onRedeploy",
                        "command",
                        "With --redeploy: what is run before each new start.",
                        Flag.Kind.ONCE))
                .flag(
                        "redeploy-scan-period",
                        "ms",
                        "With --redeploy: time between two looks at the files (default 250).")
                .flag("redeploy-grace-period", "ms", "With --redeploy: how long files must be quiet (default 1000).")
                .flag(
                        "redeploy-termination-period",
                        "ms",
                        "With --redeploy: a pause after the end of the old process (default 0).");
    }

    @Override
    public void run(CommandLine line) {
        ClassLoader loader = UserClasses.of(line.value("classpath", ""));
        Overlay overlay = Overlay.of(MicroFlag.typed(line), System.getenv());
        ConfigFile file = line.value("conf").map(ConfigFile::read).orElse(ConfigFile.NONE);
        DeploymentOptions typed = new DeploymentOptions().setInstances(line.number("instances", 1, 1));
        Plan plan = Plan.of(line.argument(MAIN), line.value("node"), file, typed, overlay, loader);
        boolean ha = line.has("ha");
        VertxFlags.check(line, ha || line.has("cluster"), ha);
        if (line.has("dry-run")) {
            System.out.println(plan.effective(line.value("cluster-host")).encodePrettily());
            return;
        }
        if (line.has("redeploy")) {
            new Redeployment(line).watch();
            return;
        }
        LastingLogs.last();
        Vertx vertx = new VertxStart(line, loader).start(ha || line.has("cluster"), ha);
        VertxStart.closeWhenStopped(vertx, plan.waitedFor());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            deploy(vertx, plan.verticles(), line, loader);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public boolean lasts() {
        return true;
    }

    private static void deploy(Vertx vertx, List<Plan.Item> items, CommandLine line, ClassLoader loader) {
        Future<?> last = Future.succeededFuture();
        for (Plan.Item item : items) {
            last = last.compose(done -> deploy(vertx, item, options(item, line, loader))
                    .onFailure(failure -> failed(vertx, item, failure)));
        }
    }

    private static Future<String> deploy(Vertx vertx, Plan.Item item, DeploymentOptions options) {
        return vertx.deployVerticle(item.name(), options);
    }

    private static DeploymentOptions options(Plan.Item item, CommandLine line, ClassLoader loader) {
        DeploymentOptions made = new DeploymentOptions(item.options());
        OptionProperties.set(made, OptionProperties.DEPLOYMENT);
        if (line.has("ha")) {
            made.setHa(true);
        }
        if (line.has("worker")) {
            made.setThreadingModel(ThreadingModel.WORKER);
        }
        return made.setClassLoader(loader);
    }

    private static void failed(Vertx vertx, Plan.Item item, Throwable failure) {
        String where = item.file().isEmpty() ? "" : " (" + item.file() + ")";
        String message = item.name() + where + ": " + text(failure);
        if (!expected(failure)) {
            LOG.log(System.Logger.Level.ERROR, item.name() + where + ": start failed", failure);
        }
        VertxStart.closeAndExit(vertx, LaunchException.deployment(message));
    }

    private static boolean expected(Throwable failure) {
        return failure instanceof MicroException
                || failure instanceof ConfigException
                || failure instanceof LaunchException
                || failure instanceof IOException
                || missingClass(failure).isPresent();
    }

    private static String text(Throwable failure) {
        if (failure instanceof MicroException error) {
            return error.detail();
        }
        return missingClass(failure)
                .map(name -> "no class " + name + " (expected: on the class path; add its jar or directory with -cp)")
                .orElseGet(() -> own(failure));
    }

    /** What only wraps another, as a constructor's failure is, has nothing to say itself. */
    private static String own(Throwable failure) {
        if (failure.getMessage() != null) {
            return failure.getMessage();
        }
        return failure.getCause() == null ? failure.toString() : text(failure.getCause());
    }

    /** Finds the class that a verticle, or what it uses, could not be loaded for, however deep it is wrapped. */
    static Optional<String> missingClass(Throwable failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < DEEPEST; cause = cause.getCause()) {
            boolean missing = cause instanceof ClassNotFoundException || cause instanceof NoClassDefFoundError;
            String name = String.valueOf(cause.getMessage());
            if (missing && NAME.matcher(name).matches()) {
                return Optional.of(name.replace('/', '.'));
            }
            depth++;
        }
        return Optional.empty();
    }
}
