package dev.vertxmicro.launcher;

import dev.vertxmicro.config.ConfigException;
import dev.vertxmicro.error.MicroException;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.cli.annotations.Description;
import io.vertx.core.cli.annotations.Name;
import io.vertx.core.cli.annotations.Summary;
import io.vertx.core.impl.launcher.commands.RunCommand;
import java.io.IOException;
import java.util.List;

/** Runs verticles as Vert.x's {@code run} does, after checking all that can be checked. */
@Name(value = "run", priority = 100)
@Summary("Runs a verticle, service:NAME or a topology file.")
@Description(
        "Runs a verticle (a class), service:NAME (as NAME.service.json says) or a topology (a .json file with a list of"
                + " verticles) until it is stopped by SIGTERM or Ctrl-C. go-micro's flags and MICRO_* variables are laid over the"
                + " descriptor.")
public final class RunVerticleCommand extends RunCommand {
    private static final System.Logger LOG = System.getLogger(RunVerticleCommand.class.getName());

    /** For the factory. */
    public RunVerticleCommand() {}

    @Override
    public void run() {
        ClassLoader loader = loader();
        Overlay overlay = Overlay.of(StrictCli.microFlags(executionContext.commandLine()), System.getenv());
        ConfigFile file = config == null ? ConfigFile.NONE : ConfigFile.read(config);
        DeploymentOptions typed = new DeploymentOptions();
        typed.setInstances(instances);
        Plan plan = Plan.of(mainVerticle, file, typed, overlay, loader);
        if (redeploy != null && !redeploy.isEmpty()) {
            if (!overlay.isEmpty()) {
                config = plan.verticles().get(0).options().getConfig().encode();
            }
            initializeRedeployment();
            return;
        }
        LastingLogs.last();
        afterConfigParsed(file.json());
        run(this::afterStoppingVertx);
        if (vertx == null) {
            throw LaunchException.deployment("vertx run: Vert.x did not start");
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            deploy(plan.verticles());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private ClassLoader loader() {
        return classpath == null || classpath.isEmpty() ? getClass().getClassLoader() : createClassloader();
    }

    private void deploy(List<Plan.Item> items) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        Future<?> last = Future.succeededFuture();
        for (Plan.Item item : items) {
            last = last.compose(done -> vertx.deployVerticle(item.name(), options(item, loader))
                    .onFailure(failure -> failed(item, failure)));
        }
    }

    private DeploymentOptions options(Plan.Item item, ClassLoader loader) {
        DeploymentOptions made = new DeploymentOptions(item.options());
        if (ha) {
            made.setHa(true);
        }
        if (worker) {
            made.setThreadingModel(ThreadingModel.WORKER);
        }
        beforeDeployingVerticle(made);
        return made.setClassLoader(loader);
    }

    private void failed(Plan.Item item, Throwable failure) {
        String where = item.file().isEmpty() ? "" : " (" + item.file() + ")";
        String message = item.name() + where + ": " + text(failure);
        if (!expected(failure)) {
            LOG.log(System.Logger.Level.ERROR, item.name() + where + ": start failed", failure);
        }
        MicroLauncher.closeAndExit(vertx, LaunchException.deployment(message));
    }

    private static boolean expected(Throwable failure) {
        return failure instanceof MicroException
                || failure instanceof ConfigException
                || failure instanceof LaunchException
                || failure instanceof IOException
                || failure instanceof ClassNotFoundException;
    }

    private static String text(Throwable failure) {
        if (failure instanceof MicroException error) {
            return error.detail();
        }
        return failure instanceof ClassNotFoundException
                ? "no such class: " + failure.getMessage()
                : String.valueOf(failure.getMessage() == null ? failure : failure.getMessage());
    }
}
