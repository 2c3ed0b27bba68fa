package dev.vertxmicro.testkit.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What Maven has built of a module: its classes, and the classes of its tests. */
record ModuleFiles(String name, Path classes, Path tests) {
    private static final Pattern MODULE = Pattern.compile("<module>(.+?)</module>");

    /** The modules that the parent pom names, as far as they are built. */
    static List<ModuleFiles> in(Path top) {
        try {
            return MODULE.matcher(Files.readString(top.resolve("pom.xml")))
                    .results()
                    .map(found -> of(top, found))
                    .filter(each -> Files.isDirectory(each.classes) || Files.isDirectory(each.tests))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ModuleFiles of(Path top, MatchResult module) {
        Path target = top.toAbsolutePath().normalize().resolve(module.group(1)).resolve("target");
        return new ModuleFiles(module.group(1), target.resolve("classes"), target.resolve("test-classes"));
    }

    Stream<Path> places() {
        return Stream.of(classes, tests).filter(Files::isDirectory);
    }

    Module module(String spi, Set<String> packages) {
        try {
            return new Module(
                    name, provides(spi) && !packages.contains(spi), packages, exports(), Files.isDirectory(tests));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean provides(String spi) throws IOException {
        Path services = classes.resolve("META-INF/services");
        if (!Files.isDirectory(services)) {
            return false;
        }
        try (Stream<Path> files = Files.list(services)) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith(spi + "."));
        }
    }

    private Optional<Set<String>> exports() throws IOException {
        Path descriptor = classes.resolve("module-info.class");
        if (!Files.exists(descriptor)) {
            return Optional.empty();
        }
        try (InputStream bytes = Files.newInputStream(descriptor)) {
            return Optional.of(ModuleDescriptor.read(bytes).exports().stream()
                    .filter(each -> !each.isQualified())
                    .map(ModuleDescriptor.Exports::source)
                    .collect(Collectors.toSet()));
        }
    }
}
