package dev.vertxmicro.launcher.plan;

import dev.vertxmicro.command.LaunchException;
import io.vertx.core.Deployable;
import java.lang.reflect.Modifier;
import java.util.Optional;

/**
 * What {@code vertx run} is to run.
 *
 * @param text as typed
 * @param type its class, empty where a verticle factory or a source file gives it
 */
record VerticleName(String text, Optional<Class<?>> type) {

    /**
     * Looks the class up.
     *
     * @throws LaunchException if the name must be a class and there is none, or it is no verticle
     */
    static VerticleName of(String text, ClassLoader loader) {
        String name = text.startsWith("java:") ? text.substring("java:".length()) : text;
        if (name.indexOf(':') >= 0 || name.endsWith(".java") || name.endsWith(".kt")) {
            return new VerticleName(text, Optional.empty());
        }
        Class<?> type;
        try {
            type = Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            throw LaunchException.deployment(
                    name + ": no such verticle (expected: a class on the class path; add a jar or directory with -cp)");
        } catch (LinkageError e) {
            throw LaunchException.deployment(name + ": cannot be loaded: " + e);
        }
        if (!Deployable.class.isAssignableFrom(type)) {
            throw LaunchException.deployment(
                    name + ": no verticle (expected: a class that extends ServiceVerticle, VerticleBase or"
                            + " AbstractVerticle)");
        }
        if (!canBeMade(type)) {
            throw LaunchException.deployment(
                    name + ": cannot be made (expected: a public class, not abstract, with a public constructor without"
                            + " parameters; settings come from -conf)");
        }
        return new VerticleName(text, Optional.of(type));
    }

    /** Vert.x makes a verticle of a name by its constructor without parameters. */
    private static boolean canBeMade(Class<?> type) {
        try {
            return Modifier.isPublic(type.getModifiers())
                    && !Modifier.isAbstract(type.getModifiers())
                    && Modifier.isPublic(type.getDeclaredConstructor().getModifiers());
        } catch (NoSuchMethodException | LinkageError e) {
            return false;
        }
    }
}
