package dev.vertxmicro.spi;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A plugin of this project, whether installed or not.
 *
 * @param kind     what it is for, as the descriptor's section is named
 * @param type     its type, as a descriptor names it
 * @param artifact the artifact of group {@code dev.vertxmicro} that holds it
 */
public record Plugin(String kind, String type, String artifact) {
    private static final String LIST = "plugins.txt";

    /**
     * Reads the list of all, which is needed where one is missing.
     *
     * @return the plugins, by kind
     */
    public static List<Plugin> all() {
        try (InputStream list = Plugin.class.getResourceAsStream(LIST)) {
            if (list == null) {
                throw new IllegalStateException(LIST + " is missing beside " + Plugin.class.getName());
            }
            return new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" ", 3))
                    .map(words -> new Plugin(words[0], words[1], words[2]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Names the artifact as a build file does.
     *
     * @return group and artifact
     */
    public String coordinates() {
        return "dev.vertxmicro:" + artifact;
    }
}
