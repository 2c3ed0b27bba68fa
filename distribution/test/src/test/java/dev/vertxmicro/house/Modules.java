package dev.vertxmicro.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The modules that hold what users get, as they were built. */
final class Modules {
    private static final Path ROOT = Path.of("..", "..");

    private Modules() {}

    /** Main and test classes, but those of toolkit-testkit, some of which break rules in order to show that. */
    static List<Path> classes() {
        return Stream.concat(children(ROOT), children(ROOT.resolve("toolkit-plugins")))
                .filter(module -> Files.exists(module.resolve("pom.xml")))
                .filter(module -> module.getParent().endsWith("toolkit-plugins")
                        || module.getFileName()
                                .toString()
                                .matches("toolkit-(core|engine|verticles|cli|testkit|junit5|kotlin)"))
                .flatMap(module -> Stream.of(module.resolve("target/classes"), module.resolve("target/test-classes")))
                .filter(classes ->
                        Files.isDirectory(classes) && !classes.endsWith("toolkit-testkit/target/test-classes"))
                .toList();
    }

    private static Stream<Path> children(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
