package dev.vertxmicro.testkit.architecture;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the classes of a module are: a folder of the build, a jar, and a folder of test classes beside it. */
record ModuleFiles(String name, List<Path> places) {
    private static final String TESTS = "test-classes";

    static List<ModuleFiles> onClassPath(String root) {
        Map<String, Set<Path>> places = new LinkedHashMap<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path place = Path.of(entry).toAbsolutePath().normalize();
            if (Files.exists(place) && inside(place, top -> Files.isDirectory(top.resolve(root.replace('.', '/'))))) {
                Set<Path> known = places.computeIfAbsent(name(place), name -> new LinkedHashSet<>());
                known.add(place);
                Path tests = place.resolveSibling(TESTS);
                if (Files.isDirectory(tests)) {
                    known.add(tests);
                }
            }
        }
        return places.entrySet().stream()
                .map(each -> new ModuleFiles(each.getKey(), List.copyOf(each.getValue())))
                .toList();
    }

    /** {@code NAME/target/classes}, {@code NAME/target/NAME-VERSION.jar}, {@code NAME-VERSION.jar} in a repository. */
    private static String name(Path place) {
        int names = place.getNameCount();
        String folder = place.getName(names - 2).toString();
        if (folder.equals("target")) {
            return place.getName(names - 3).toString();
        }
        return Files.isDirectory(place)
                ? folder
                : place.getName(names - 1).toString().replaceFirst("-\\d.*", "");
    }

    static boolean isOfTests(String source) {
        return source.contains("/" + TESTS + "/");
    }

    boolean holds(String source) {
        return places.stream()
                .map(place -> Files.isDirectory(place) ? place.toUri().toString() : "jar:" + place.toUri() + "!/")
                .anyMatch(source::startsWith);
    }

    Module module(String root, Collection<String> packages) {
        String spi = root + ".spi";
        boolean plugin = !packages.contains(spi)
                && places.stream()
                        .filter(place -> !place.endsWith(TESTS))
                        .anyMatch(place -> inside(place, top -> provides(top, spi)));
        Optional<Set<String>> exports = places.stream()
                .filter(place -> !place.endsWith(TESTS))
                .map(place -> inside(place, ModuleFiles::exports))
                .flatMap(Optional::stream)
                .findFirst();
        boolean tested = places.stream().anyMatch(place -> place.endsWith(TESTS));
        return new Module(name, plugin, Set.copyOf(packages), exports, tested);
    }

    private static boolean provides(Path top, String spi) throws IOException {
        Path services = top.resolve("META-INF/services");
        if (!Files.isDirectory(services)) {
            return false;
        }
        try (Stream<Path> files = Files.list(services)) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith(spi + "."));
        }
    }

    private static Optional<Set<String>> exports(Path top) throws IOException {
        Path descriptor = top.resolve("module-info.class");
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

    /** Looks into a folder or a jar. */
    private static <T> T inside(Path place, Look<T> look) {
        try {
            if (Files.isDirectory(place)) {
                return look.at(place);
            }
            try (FileSystem jar = FileSystems.newFileSystem(place)) {
                return look.at(jar.getPath("/"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Look<T> {
        T at(Path top) throws IOException;
    }
}
