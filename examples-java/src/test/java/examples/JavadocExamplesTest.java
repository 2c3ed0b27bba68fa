package examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every example in the Javadoc of the modules compiles, all in one run of the compiler. What they take as given stands in
 * {@code javadoc-prelude.txt}; what is no Java begins with one of the words of {@link #OTHER}.
 */
class JavadocExamplesTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);
    private static final Pattern JAVADOC = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);
    private static final Pattern EXAMPLE =
            Pattern.compile("<pre>\\{@code\\n(.*?)\\n *\\}</pre>|\\{@snippet[^:]*:\\n(.*?)\\n *\\}\\n", Pattern.DOTALL);
    /** XML, commands, JSON. */
    private static final Pattern OTHER = Pattern.compile("\\s*(<|bin/|vertx |make |\\$ |\"|\\{).*", Pattern.DOTALL);

    private static final Pattern TYPE = Pattern.compile(
            "\\s*(@\\w+(\\([^)]*\\))?\\s+)*(public )?(final )?(class|interface|record) .*", Pattern.DOTALL);

    /** Where examples find their types, besides their own package; a name that two have is taken from the first list. */
    private static final List<String> NAMED = List.of(
            "dev.vertxmicro.message.Message",
            "dev.vertxmicro.server.Handler",
            "dev.vertxmicro.service.Service",
            "dev.vertxmicro.selector.Selection",
            "examples.student.Student",
            "java.time.Duration",
            "java.util.List");

    private static final List<String> PACKAGES = Stream.concat(
                    Stream.of(
                                    "broker",
                                    "client",
                                    "codec",
                                    "codegen",
                                    "config",
                                    "descriptor",
                                    "engine",
                                    "error",
                                    "message",
                                    "net",
                                    "registry",
                                    "selector",
                                    "server",
                                    "service",
                                    "spi",
                                    "testkit",
                                    "testkit.architecture",
                                    "testkit.program",
                                    "testkit.recording",
                                    "testkit.server",
                                    "time",
                                    "transport",
                                    "verticle",
                                    "wrapper")
                            .map("dev.vertxmicro."::concat),
                    Stream.of(
                            "com.tngtech.archunit.core.domain",
                            "com.tngtech.archunit.core.importer",
                            "examples.greeter",
                            "examples.student",
                            "io.vertx.core",
                            "io.vertx.core.buffer",
                            "io.vertx.core.eventbus",
                            "io.vertx.core.http",
                            "io.vertx.core.json",
                            "io.vertx.servicediscovery",
                            "io.vertx.servicediscovery.types",
                            "java.nio.file",
                            "java.util",
                            "java.util.function",
                            "org.junit.jupiter.api"))
            .toList();

    @TempDir
    private Path classes;

    private record Source(String name, String text) {
        JavaFileObject file() {
            return new SimpleJavaFileObject(URI.create("string:///" + name), JavaFileObject.Kind.SOURCE) {
                @Override
                public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                    return text;
                }
            };
        }
    }

    @Test
    void compile() throws IOException {
        List<Source> sources = new ArrayList<>();
        sources.add(new Source("javadoc/Prelude.java", unit("dev.vertxmicro.client", prelude())));
        examples().forEach((where, example) -> sources.add(source(where, example)));
        assertThat(sources).hasSizeGreaterThan(30);
        StringWriter said = new StringWriter();
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(
                        said,
                        null,
                        null,
                        List.of("-d", classes.toString(), "-proc:none", "-Xlint:none", "-XDshould-stop.ifError=FLOW"),
                        null,
                        sources.stream().map(Source::file).toList())
                .call();
        assertThat(compiled).as(said.toString()).isTrue();
    }

    private static String prelude() throws IOException {
        try (InputStream text = JavadocExamplesTest.class.getResourceAsStream("/javadoc-prelude.txt")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A source that names its package, by file and number. */
    private static Map<String, String> examples() throws IOException {
        Map<String, String> examples = new TreeMap<>();
        try (Stream<Path> modules = Stream.concat(Files.list(ROOT), Files.list(ROOT.resolve("toolkit-plugins")))) {
            for (Path module : (Iterable<Path>) modules::iterator) {
                Path sources = module.resolve("src/main/java");
                if (Files.isDirectory(sources)) {
                    collect(sources, examples);
                }
            }
        }
        return examples;
    }

    private static void collect(Path sources, Map<String, String> examples) throws IOException {
        try (Stream<Path> files =
                Files.find(sources, 12, (path, attributes) -> path.toString().endsWith(".java"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                collect(file, Files.readString(file, StandardCharsets.UTF_8), examples);
            }
        }
    }

    private static void collect(Path file, String source, Map<String, String> examples) {
        Matcher comment = JAVADOC.matcher(source);
        Matcher named = PACKAGE.matcher(source);
        for (int number = 1; comment.find(); ) {
            String text = comment.group(1).replaceAll("(?m)^ *\\* ?", "");
            for (Matcher example = EXAMPLE.matcher(text); example.find(); number++) {
                String code = example.group(1) == null ? example.group(2) : example.group(1);
                if (!OTHER.matcher(code).matches() && named.find(0)) {
                    examples.put(
                            named.group(1) + ' ' + file.getFileName().toString().replace(".java", "") + number, code);
                }
            }
        }
    }

    private static Source source(String where, String example) {
        String home = where.substring(0, where.indexOf(' '));
        String type = where.replaceAll("[^A-Za-z0-9]", "_");
        String body = TYPE.matcher(example).matches()
                ? example.replaceAll("(?m)^public ", "").replaceAll("(?m)^((final )?class )", "static $1")
                : "void example() throws Exception {\n" + example + "\n}";
        return new Source(
                "javadoc/" + type + ".java", unit(home, "class " + type + " extends Prelude {\n" + body + "\n}"));
    }

    private static String unit(String home, String type) {
        String imports = Stream.concat(
                        NAMED.stream(),
                        Stream.concat(Stream.of(home), PACKAGES.stream())
                                .distinct()
                                .map(each -> each + ".*"))
                .map(each -> "import " + each + ";\n")
                .collect(Collectors.joining());
        return "package javadoc;\n" + imports + type;
    }
}
