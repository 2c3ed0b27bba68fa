package dev.vertxmicro.launcher;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The classes of {@code -cp}. */
public final class UserClasses {
    private UserClasses() {}

    /**
     * Gives a loader of them.
     *
     * @param path jars and directories, as {@code -cp} has them
     * @return the JVM's own if it has them all, as after {@code bin/vertx}
     */
    public static ClassLoader of(String path) {
        ClassLoader own = UserClasses.class.getClassLoader();
        Set<String> known = new HashSet<>(entries(System.getProperty("java.class.path", "")));
        List<URL> added = new ArrayList<>();
        for (String entry : entries(path)) {
            if (!known.contains(entry)) {
                added.add(url(entry));
            }
        }
        return added.isEmpty() ? own : new URLClassLoader(added.toArray(new URL[0]), own);
    }

    private static List<String> entries(String path) {
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    private static URL url(String entry) {
        try {
            return new File(entry).toURI().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(entry + ": " + e, e);
        }
    }
}
