package dev.vertxmicro.launcher.plan;

import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.config.ConfigException;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.launcher.MicroLauncher;
import dev.vertxmicro.launcher.overlay.ConfigFile;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import io.vertx.core.spi.VerticleFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * Deploys {@code service:NAME} as {@code NAME.service.json} says, in Vert.x's own form: {@code main}, and {@code options} with
 * {@code config}. The file is looked for on the class path, then in {@code .}, {@code conf} and the distribution's conf.
 */
public final class ServiceVerticleFactory implements VerticleFactory {
    static final String PREFIX = "service";

    /** For the service loader. */
    public ServiceVerticleFactory() {}

    @Override
    public String prefix() {
        return PREFIX;
    }

    @Override
    public void createVerticle2(
            String verticleName, ClassLoader loader, Promise<Callable<? extends Deployable>> promise) {
        String name = VerticleFactory.removePrefix(verticleName);
        try {
            ConfigFile file = find(name, loader);
            requireNoService(file);
            promise.complete(redirected(file)::get);
        } catch (RuntimeException e) {
            promise.fail(e);
        }
    }

    private static Supplier<Redirected> redirected(ConfigFile file) {
        try {
            Section root = Section.root(file.json());
            String main = root.string("main", "");
            Section own = root.section("options");
            DeploymentOptions options = PlannedOptions.from(own).setConfig(own.object("config"));
            root.end();
            if (main.isEmpty()) {
                throw new ConfigException("$.main", "missing (expected: the class of a verticle)");
            }
            return () -> new Redirected(main, options);
        } catch (ConfigException e) {
            throw LaunchException.deployment(file.name() + ": " + e.getMessage());
        }
    }

    /** A service that is another one could be itself in the end, and deploy itself for ever. */
    static void requireNoService(ConfigFile file) {
        if (file.json().getValue("main") instanceof String main && main.startsWith(PREFIX + ":")) {
            throw LaunchException.deployment(
                    file.name() + ": $.main: " + main + " (expected: the class of a verticle, not another service)");
        }
    }

    /** Finds the file of a service. */
    static ConfigFile find(String name, ClassLoader loader) {
        String file = name + ".service.json";
        try (InputStream resource = loader.getResourceAsStream(file)) {
            if (resource != null) {
                String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
                return ConfigFile.parse(file, text);
            }
        } catch (IOException e) {
            throw LaunchException.deployment(file + ": " + e.getMessage());
        }
        List<Path> places = new ArrayList<>(List.of(ConfigFile.path(file), ConfigFile.path("conf/" + file)));
        MicroLauncher.home().ifPresent(home -> places.add(home.resolve("conf").resolve(file)));
        return places.stream()
                .filter(Files::isRegularFile)
                .findFirst()
                .map(ConfigFile::read)
                .orElseThrow(() -> LaunchException.deployment(
                        "service:" + name + ": no " + file + " (expected: on the class path, in . or in conf)"));
    }

    /** Deploys the real one, so that its options are those of the file. */
    private static final class Redirected extends VerticleBase {
        private final String main;
        private final DeploymentOptions options;

        Redirected(String main, DeploymentOptions options) {
            this.main = main;
            this.options = options;
        }

        @Override
        public Future<?> start() {
            JsonObject own = options.getConfig() == null ? new JsonObject() : options.getConfig();
            JsonObject merged = own.copy().mergeIn(config(), true);
            return vertx.deployVerticle(main, new DeploymentOptions(options).setConfig(merged));
        }
    }
}
