package dev.vertxmicro.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.vertxmicro.testkit.architecture.Module;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each module offers is on file, so that who reviews a change sees what it does to users. */
class ApiTest {
    private static final Path FILES = House.TOP.resolve("docs/api");

    @TempDir
    private Path classes;

    @Test
    void isOnFile() throws IOException {
        Map<Path, String> now = dumps();
        if (Boolean.getBoolean("api.update")) {
            update(now);
        }
        assertThat(onFile()).isEqualTo(now.keySet());
        SoftAssertions.assertSoftly(
                all -> now.forEach((file, dump) -> all.check(() -> ApiTest.assertSame(file, dump))));
    }

    @Test
    void isAnotherWithAMethodMore() throws IOException {
        Path file = Files.writeString(classes.resolve("desk.api"), dump("public void open() {}"));

        assertSame(file, dump("public void open() {}"));
        assertSame(file, dump("public void open() {} void tidy() {} private int drawers;"));
        assertThatThrownBy(() -> assertSame(file, dump("public void open() {} public void close() {}")))
                .hasMessageContainingAll("public fun close ()V", "make api");
        assertThatThrownBy(() -> assertSame(file, dump("public void open() {} protected int drawers;")))
                .hasMessageContaining("protected field drawers I");
    }

    @Test
    void isAnotherWithAnotherTypeArgument() throws IOException {
        String names = "public <T extends Comparable<T>> java.util.List<String> names(T first) { return null; }";
        Path file = Files.writeString(classes.resolve("desk.api"), dump(names));

        assertThat(file).content().contains(" // <T extends Comparable<T>> (T) List<String>");
        assertThatThrownBy(() -> assertSame(file, dump(names.replace("List<String>", "List<Integer>"))))
                .hasMessageContaining("(T) List<Integer>");
    }

    private static void assertSame(Path file, String dump) {
        assertThat(file)
                .as("if %s is meant to change: make api", file.getFileName())
                .hasContent(dump);
    }

    /** Dumps a class of these members. */
    private String dump(String members) {
        JavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///Desk.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return "public class Desk { " + members + " }";
                    }
                };
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, null, List.of("-d", classes.toString()), null, List.of(source))
                .call();
        assertThat(compiled).isTrue();
        return ApiDump.of(new ArrayList<>(new ClassFileImporter().importPath(classes)));
    }

    private static Map<Path, String> dumps() {
        Map<Path, String> dumps = new TreeMap<>();
        for (Module module : House.MODULES.byName().values()) {
            List<JavaClass> offered = House.main().stream()
                    .filter(type ->
                            House.MODULES.of(type).filter(module::equals).isPresent())
                    .filter(type -> HouseTest.OPEN.contains(module.name()) || module.offers(type))
                    .toList();
            if (!HouseTest.OWN.contains(module.name()) && !offered.isEmpty()) {
                dumps.put(FILES.resolve(module.name().replaceFirst(".*/", "") + ".api"), ApiDump.of(offered));
            }
        }
        return dumps;
    }

    private static Set<Path> onFile() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            return new TreeSet<>(files.toList());
        }
    }

    private static void update(Map<Path, String> now) throws IOException {
        Files.createDirectories(FILES);
        for (Path gone : onFile()) {
            Files.delete(gone);
        }
        for (Map.Entry<Path, String> each : now.entrySet()) {
            Files.writeString(each.getKey(), each.getValue());
        }
    }
}
